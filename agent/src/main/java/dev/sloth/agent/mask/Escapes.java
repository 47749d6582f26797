package dev.sloth.agent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/// A value as it stands in addresses, JSON, command lines of shells, HTML.
final class Escapes {
    private static final String UNRESERVED = "-._~";
    private static final Map<Character, String> JSON =
            Map.of(
                    '"', "\\\"",
                    '\\', "\\\\",
                    '\n', "\\n",
                    '\r', "\\r",
                    '\t', "\\t",
                    '\b', "\\b",
                    '\f', "\\f");

    private Escapes() {}

    /// In addresses and in JSON, as most tools write them.
    static List<byte[]> usual(byte[] value) {
        var forms = new ArrayList<byte[]>();
        both(value, stays(UNRESERVED), false, forms);
        forms.add(json(new String(value, UTF_8), false, "").getBytes(UTF_8));
        return forms;
    }

    private static IntPredicate stays(String signs) {
        return b -> (Character.isLetterOrDigit(b) && b < 128) || signs.indexOf(b) >= 0;
    }

    static List<byte[]> all(byte[] value) {
        var forms = new ArrayList<byte[]>();
        percent(value, forms);
        json(new String(value, UTF_8), forms);
        shell(new String(value, UTF_8), forms);
        html(new String(value, UTF_8), forms);
        return forms;
    }

    // ---- percent

    private static void percent(byte[] value, List<byte[]> forms) {
        // The sets that stay as they are: of RFC 3986, of forms, of encodeURIComponent, of
        // encodeURI, of Python's quote; and none.
        var kept =
                List.of(UNRESERVED, "-._*", "-._~!'()*", "-._~!'()*;,/?:@&=+$#", UNRESERVED + "/");
        for (var signs : kept) {
            for (boolean plus : new boolean[] {false, true}) {
                both(value, stays(signs), plus, forms);
            }
        }
        both(value, _ -> false, false, forms);
    }

    private static void both(byte[] value, IntPredicate stays, boolean plus, List<byte[]> forms) {
        for (var format : List.of("%%%02X", "%%%02x")) {
            var out = new ByteArrayOutputStream();
            for (byte b : value) {
                int code = b & 0xFF;
                if (plus && code == ' ') {
                    out.write('+');
                } else if (stays.test(code)) {
                    out.write(code);
                } else {
                    out.writeBytes(format.formatted(code).getBytes(UTF_8));
                }
            }
            forms.add(out.toByteArray());
        }
    }

    // ---- JSON

    private static void json(String value, List<byte[]> forms) {
        for (boolean ascii : new boolean[] {false, true}) {
            for (var more : List.of("", "/", "<>&", "<>&'", "<>&'/")) {
                var text = json(value, ascii, more);
                forms.add(text.getBytes(UTF_8));
                forms.add(upper(text).getBytes(UTF_8));
            }
        }
    }

    private static String json(String value, boolean ascii, String more) {
        var out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            var known = JSON.get(c);
            if (known != null) {
                out.append(known);
            } else if (c == '/' && more.indexOf(c) >= 0) {
                out.append("\\/");
            } else if (c < ' ' || (ascii && c > '~') || more.indexOf(c) >= 0) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /// The same with the hex digits of its escapes in upper case.
    private static String upper(String text) {
        var out = new StringBuilder(text);
        for (int at = text.indexOf("\\u"); at >= 0; at = text.indexOf("\\u", at + 2)) {
            int end = Math.min(text.length(), at + 6);
            out.replace(at + 2, end, text.substring(at + 2, end).toUpperCase(Locale.ROOT));
        }
        return out.toString();
    }

    // ---- shells

    private static void shell(String value, List<byte[]> forms) {
        forms.add(value.replace("'", "'\\''").getBytes(UTF_8));
        forms.add(value.replace("'", "'\"'\"'").getBytes(UTF_8));
        forms.add(before(value, "\"\\$`").getBytes(UTF_8));
        forms.add(before(value, "\"\\$`!").getBytes(UTF_8));
        forms.add(before(value, " \t!\"#$&'()*,;<=>?[\\]^`{|}~").getBytes(UTF_8));
        forms.add(bash(value).getBytes(UTF_8));
        // $'...'
        forms.add(
                before(value, "'\\")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("\r", "\\r")
                        .getBytes(UTF_8));
    }

    private static String before(String value, String signs) {
        var out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (signs.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }

    /// As `printf %q` of bash: some signs have a meaning at the beginning only.
    private static String bash(String value) {
        var quoted =
                before(value, " \t!\"$&'()*,;<>?[\\]^`{|}")
                        .replace(":~", ":\\~")
                        .replace("=~", "=\\~");
        return value.startsWith("#") || value.startsWith("~") ? "\\" + quoted : quoted;
    }

    // ---- HTML

    private static void html(String value, List<byte[]> forms) {
        var plain = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        forms.add(plain.getBytes(UTF_8));
        for (var quote : List.of("&#39;", "&apos;", "&#x27;")) {
            for (var twice : List.of("&quot;", "&#34;")) {
                forms.add(plain.replace("'", quote).replace("\"", twice).getBytes(UTF_8));
            }
        }
    }
}
