package dev.sloth.plugins.strings;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.plugins.crypto.Digests;
import dev.sloth.plugins.value.Draft;
import dev.sloth.plugins.value.ListDraft;
import dev.sloth.plugins.value.Lists;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The module `strings`.
public final class StringsModule {
    private StringsModule() {}

    public static Module module() {
        return Module.named("strings", "Works with text beyond Lua's own string library.")
                .functions(
                        bytewise("trim", "Cuts white space off both ends.", String::strip),
                        changed(
                                "upper",
                                "Gives the text in capitals.",
                                s -> s.toUpperCase(Locale.ROOT)),
                        changed(
                                "lower",
                                "Gives the text in small letters.",
                                s -> s.toLowerCase(Locale.ROOT)),
                        changed("title", "Gives each word a capital.", StringsModule::title))
                .functions(split(), join(), replace(), count())
                .functions(
                        compared(
                                "contains", "Says whether a text is in another.", String::contains),
                        compared(
                                "starts_with",
                                "Says whether a text begins so.",
                                String::startsWith),
                        compared("ends_with", "Says whether a text ends so.", String::endsWith))
                .functions(Regex.functions())
                .functions(Digests.encodings())
                .functions(urlEncode(), urlDecode())
                .functions(Digests.digest("md5"), Digests.digest("sha1"), Digests.digest("sha256"))
                .functions(Kinds.functions())
                .functions(pad("pad_left", true), pad("pad_right", false), truncate());
    }

    static String latin(Call call, String parameter) {
        byte[] bytes = call.bytes(parameter).bytes();
        call.take(bytes.length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Text raw(Draft latin) {
        return Text.ofBytes(latin.bytes(StandardCharsets.ISO_8859_1));
    }

    private static Text raw(String latin) {
        return Text.ofBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Function.Builder of(String name) {
        return Function.named(name).param("text", Type.STRING, "The text.");
    }

    private static Function changed(String name, String doc, UnaryOperator<String> change) {
        return of(name).doc(doc)
                .returns("text", Type.STRING, "The changed text.")
                .example("strings." + name + "(\" some text \")")
                .body(call -> Results.text(change.apply(call.text("text"))));
    }

    private static Function bytewise(String name, String doc, UnaryOperator<String> change) {
        return of(name).doc(doc)
                .returns("text", Type.STRING, "The changed text.")
                .example("strings." + name + "(\" some text \")")
                .body(call -> Results.of(raw(change.apply(latin(call, "text")))));
    }

    private static String title(String text) {
        var out = new StringBuilder(text.length());
        boolean start = true;
        for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            int c = text.codePointAt(at);
            out.appendCodePoint(start ? Character.toTitleCase(c) : c);
            start = Character.isWhitespace(c) || c == '-';
        }
        return out.toString();
    }

    /// Compares two texts.
    private interface Comparison {
        boolean holds(String text, String part);
    }

    private static Function compared(String name, String doc, Comparison comparison) {
        return of(name).doc(doc)
                .param("part", Type.STRING, "What to look for.")
                .returns("yes", Type.BOOLEAN, "Whether it is so.")
                .example("strings." + name + "(\"sloth runner\", \"sloth\")")
                .body(call ->
                        Results.bool(comparison.holds(latin(call, "text"), latin(call, "part"))));
    }

    private static Function split() {
        return of("split")
                .doc("Cuts a text at each separator; an empty separator gives its characters.")
                .param("separator", Type.STRING, "Where to cut.")
                .returns("parts", Type.TABLE, "A list of texts.")
                .example("strings.split(\"a,b\", \",\") -- {\"a\", \"b\"}")
                .body(call -> {
                    var separator = latin(call, "separator");
                    var parts = new ListDraft(call);
                    if (separator.isEmpty()) {
                        call.text("text")
                                .codePoints()
                                .forEach(c -> parts.add(Text.of(Character.toString(c))));
                    } else {
                        cut(latin(call, "text"), separator, parts);
                    }
                    return Results.of(parts.table());
                });
    }

    private static void cut(String text, String separator, ListDraft parts) {
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(raw(text.substring(from, at)));
            from = at + separator.length();
        }
        parts.add(raw(text.substring(from)));
    }

    private static Function join() {
        return Function.named("join")
                .doc("Puts the items of a list together.")
                .param("list", Type.TABLE, "Texts, numbers or booleans.")
                .param("separator", Type.STRING, "What goes between them.")
                .returns("text", Type.STRING, "All of them.")
                .example("strings.join({\"a\", \"b\"}, \"-\") -- a-b")
                .body(call -> {
                    var separator = latin(call, "separator");
                    var between = "";
                    var out = new Draft(call);
                    for (var item : Lists.items(call.table("list"))) {
                        out.append(between);
                        between = separator;
                        out.append(
                                item instanceof Text t
                                        ? new String(t.bytes(), StandardCharsets.ISO_8859_1)
                                        : Lists.text(item, "an item"));
                    }
                    return Results.of(raw(out));
                });
    }

    private static Function replace() {
        return of("replace")
                .doc("Puts a text in place of another, as it is written, without patterns.")
                .param("old", Type.STRING, "What to replace.")
                .param("new", Type.STRING, "What to put there.")
                .optional("n", Type.INTEGER, "How often at most; all if nil or negative.")
                .returns("text", Type.STRING, "The changed text.")
                .example("strings.replace(\"a-b\", \"-\", \"+\") -- a+b")
                .body(call ->
                        Results.of(
                                replaced(
                                        call,
                                        latin(call, "old"),
                                        latin(call, "new"),
                                        call.integer("n", -1))));
    }

    private static Text replaced(Call call, String old, String with, long n) {
        if (old.isEmpty()) {
            return call.bytes("text");
        }
        var text = latin(call, "text");
        var out = new Draft(call);
        int from = 0;
        long left = n < 0 ? Long.MAX_VALUE : n;
        for (int at = text.indexOf(old); at >= 0 && left-- > 0; at = text.indexOf(old, from)) {
            out.append(text, from, at).append(with);
            from = at + old.length();
        }
        return raw(out.append(text, from, text.length()));
    }

    private static Function count() {
        return of("count")
                .doc("Counts how often a text is in another, without overlaps.")
                .param("part", Type.STRING, "What to count.")
                .returns("n", Type.INTEGER, "How often.")
                .example("strings.count(\"banana\", \"an\") -- 2")
                .body(call -> {
                    var part = latin(call, "part");
                    if (part.isEmpty()) {
                        throw new CallFailure("part is empty");
                    }
                    return Results.number(count(latin(call, "text"), part));
                });
    }

    private static int count(String text, String part) {
        int n = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            n++;
        }
        return n;
    }

    /// The characters that one byte becomes at most.
    private static final int ENCODED_MAX = 3;

    private static Function urlEncode() {
        return of("url_encode")
                .doc("Writes a text so that it can stand in the query of a URL.")
                .returns("text", Type.STRING, "The encoded text; a space becomes +.")
                .example("strings.url_encode(\"a b&c\") -- a+b%26c")
                .body(call ->
                        Results.text(
                                URLEncoder.encode(encodable(call), StandardCharsets.ISO_8859_1)));
    }

    private static String encodable(Call call) {
        call.take((long) ENCODED_MAX * call.bytes("text").bytes().length);
        return latin(call, "text");
    }

    private static Function urlDecode() {
        return of("url_decode")
                .doc("Reads a text that was written for the query of a URL.")
                .returnsOrNil("text", Type.STRING, "The plain text, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, or nil.")
                .example("strings.url_decode(\"a+b%26c\") -- a b&c")
                .body(call -> {
                    try {
                        return Results.of(
                                raw(
                                        URLDecoder.decode(
                                                latin(call, "text"), StandardCharsets.ISO_8859_1)));
                    } catch (IllegalArgumentException e) {
                        return Results.fail(String.valueOf(e.getMessage()));
                    }
                });
    }

    private static Function pad(String name, boolean left) {
        return of(name).doc("Fills a text up to a width, counted in characters.")
                .param("width", Type.INTEGER, "How wide.")
                .optional("fill", Type.STRING, "With what; a space if nil.")
                .returns("text", Type.STRING, "The text, at least that wide.")
                .example("strings." + name + "(\"7\", 3, \"0\")")
                .body(call -> {
                    var text = call.text("text");
                    var fill = call.text("fill", " ");
                    long width = call.integer("width");
                    if (fill.isEmpty() || width > PAD_MAX) {
                        throw new CallFailure("the fill is empty or the width over " + PAD_MAX);
                    }
                    long missing = width - text.codePointCount(0, text.length());
                    var filling = filling(fill, Math.max(0, missing));
                    return Results.text(left ? filling + text : text + filling);
                });
    }

    private static final int PAD_MAX = 1_000_000;

    private static String filling(String fill, long width) {
        var characters = fill.codePoints().toArray();
        var out = new StringBuilder();
        for (int i = 0; i < width; i++) {
            out.appendCodePoint(characters[i % characters.length]);
        }
        return out.toString();
    }

    private static Function truncate() {
        return of("truncate")
                .doc("Cuts a text to a length in characters, the suffix included.")
                .param("length", Type.INTEGER, "How long at most.")
                .optional("suffix", Type.STRING, "What shows that it was cut; \"...\" if nil.")
                .returns("text", Type.STRING, "The text, no longer than that.")
                .example("strings.truncate(\"a long text\", 6) -- a l...")
                .body(call -> {
                    call.take((long) Integer.BYTES * call.bytes("text").bytes().length);
                    var text = call.text("text").codePoints().toArray();
                    int length = Math.clamp(call.integer("length"), 0, text.length);
                    if (length == text.length) {
                        return Results.text(call.text("text"));
                    }
                    var suffix = call.text("suffix", "...").codePoints().toArray();
                    int kept = Math.max(0, length - suffix.length);
                    var end = new String(suffix, 0, Math.min(suffix.length, length));
                    return Results.text(new String(text, 0, kept) + end);
                });
    }

    static Function kind(String name, String doc, Predicate<String> test) {
        return of(name).doc(doc)
                .returns("yes", Type.BOOLEAN, "Whether it is so.")
                .example("strings." + name + "(text)")
                .body(call -> Results.bool(test.test(call.text("text"))));
    }
}
