package dev.sloth.agent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.testkit.Gen;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MaskTest {
    /// So many values, each in so many places: 20,000 trials, and 50 times as many every night.
    private static final int VALUES = 400;

    private static final int PLACES = 50;

    private static Mask mask(String... values) {
        return Mask.of(Arrays.stream(values).map(value -> value.getBytes(UTF_8)).toList());
    }

    @Test
    void a_value_is_hidden_wherever_it_stands() {
        var mask = mask("s3cret");
        assertThat(mask.text("s3cret")).isEqualTo("***");
        assertThat(mask.text("xs3cretx s3cret")).isEqualTo("x***x ***");
        assertThat(mask.text("s3cre s3cre")).isEqualTo("s3cre s3cre");
        assertThat(mask.text("s3cres3cret")).isEqualTo("s3cre***");
        assertThat(mask.text("s3crets3cret")).isEqualTo("******");
    }

    @Test
    void values_that_overlap_leave_nothing_between_them() {
        var mask = mask("abcdef", "defghi", "cdefg", "aaaa");
        assertThat(mask.text("1abcdefghi2")).isEqualTo("1***2");
        assertThat(mask.text("xcdefgx")).isEqualTo("x***x");
        assertThat(mask.text("aaaaaaaaaa")).isEqualTo("***");
    }

    @Test
    void what_is_too_short_is_not_looked_for() {
        assertThat(mask("abc").isEmpty()).isTrue();
        assertThat(mask("abc").text("abc")).isEqualTo("abc");
        assertThat(mask("abcd").text("abcd")).isEqualTo("***");
    }

    @Test
    void the_longest_values_are_hidden_and_more_than_can_be_is_refused() {
        var values = new ArrayList<byte[]>();
        var random = new SplittableRandom(7);
        var long64 = new byte[64 << 10];
        random.nextBytes(long64);
        var mask = Mask.of(List.of(long64));
        for (var form :
                List.of(
                        new String(long64, ISO_8859_1),
                        Base64.getEncoder().encodeToString(long64),
                        HexFormat.of().formatHex(long64))) {
            byte[] shown = mask.bytes(("<" + form + ">").getBytes(ISO_8859_1));
            assertThat(new String(shown, ISO_8859_1)).isEqualTo("<***>");
        }
        for (int i = 0; i < 10; i++) {
            var more = new byte[64 << 10];
            random.nextBytes(more);
            values.add(more);
        }
        assertThatThrownBy(() -> Mask.of(values)).hasMessageContaining("longer than");
    }

    @Test
    void all_forms_of_a_value_are_hidden() {
        var value = "pässw0rd/ \"+'$<&>\\x";
        var mask = mask(value);
        var forms =
                List.of(
                        URLEncoder.encode(value, UTF_8),
                        "p%C3%A4ssw0rd%2F%20%22%2B%27%24%3C%26%3E%5Cx",
                        "p%c3%a4ssw0rd%2f%20%22%2b%27%24%3c%26%3e%5cx",
                        "pässw0rd/ \\\"+'$<&>\\\\x",
                        "p\\u00e4ssw0rd/ \\\"+'$<&>\\\\x",
                        "p\\u00E4ssw0rd\\/ \\\"+'$\\u003C\\u0026\\u003E\\\\x".replace("\\/", "/"),
                        "pässw0rd/ \"+'\\''$<&>\\x",
                        "pässw0rd/ \\\"+'\\$<&>\\\\x",
                        "pässw0rd/\\ \\\"+\\'\\$\\<\\&\\>\\\\x",
                        "pässw0rd/ &quot;+&#39;$&lt;&amp;&gt;\\x",
                        HexFormat.of().formatHex(value.getBytes(UTF_8)),
                        HexFormat.of().withUpperCase().formatHex(value.getBytes(UTF_8)),
                        Base64.getEncoder().encodeToString(value.getBytes(UTF_8)),
                        Base64.getUrlEncoder().encodeToString(value.getBytes(UTF_8)));
        for (var form : forms) {
            assertThat(mask.text("<" + form + ">")).as(form).isEqualTo("<***>");
        }
    }

    @Test
    void a_value_with_blanks_around_it_is_hidden_without_them_too() {
        var mask = mask("  s3cret  \t word-4711\n");
        assertThat(mask.text("<s3cret  \t word-4711>")).isEqualTo("<***>");
        assertThat(mask.text("<s3cret word-4711>")).isEqualTo("<***>");
        for (var bare : List.of("s3cret  \t word-4711")) {
            byte[] bytes = bare.getBytes(UTF_8);
            assertThat(mask.text("<" + HexFormat.of().formatHex(bytes) + ">")).isEqualTo("<***>");
            assertThat(mask.text("<" + Base64.getEncoder().encodeToString(bytes) + ">"))
                    .isEqualTo("<***>");
        }
        assertThat(mask("  abc  ").text("<abc>")).isEqualTo("<abc>");
        assertThat(mask("  abcd  ").text("<abcd>")).isEqualTo("<***>");
        assertThat(mask("      ").text("a      b c")).isEqualTo("a***b c");
    }

    @Test
    void base64_of_a_value_within_other_data_is_hidden_at_each_of_its_three_places() {
        var mask = mask("a-long-enough-value");
        for (var before : List.of("", "x", "xy", "xyz", "user:")) {
            for (var after : List.of("", "\n", "1", "12", "@host")) {
                var all = (before + "a-long-enough-value" + after).getBytes(UTF_8);
                var shown = mask.text(Base64.getEncoder().encodeToString(all));
                assertThat(shown).as(before + "|" + after).contains("***").hasSizeLessThan(20);
            }
        }
    }

    @Test
    void an_encoding_is_hidden_wherever_its_lines_are_broken_within_other_data() {
        var random = new SplittableRandom(11);
        for (int length : new int[] {9, 32, 200}) {
            var value = new byte[length];
            random.nextBytes(value);
            var mask = Mask.of(List.of(value));
            for (int before = 0; before < 80; before++) {
                var all = new byte[before + length + 5];
                System.arraycopy(value, 0, all, before, length);
                int leftOver = (before + 5) * 4 / 3 + 8;
                for (var end : List.of("\n", "\r\n")) {
                    for (int width : new int[] {76, 64}) {
                        var text =
                                Base64.getMimeEncoder(width, end.getBytes(UTF_8))
                                        .encodeToString(all);
                        assertThat(mask.text(text).replace(end, "").length())
                                .as("%d bytes behind %d", length, before)
                                .isLessThan(leftOver);
                    }
                    var hex = HexFormat.of().formatHex(all).replaceAll(".{60}", "$0" + end);
                    assertThat(mask.text(hex).replace(end, "")).hasSize((before + 5) * 2 + 3);
                }
            }
        }
    }

    @Test
    void what_goes_across_the_end_of_a_line_by_chance_stays() {
        assertThat(mask("secret").text("se\ncret")).isEqualTo("se\ncret");
        assertThat(mask("long-secret").text("long-\n\n\nsecret")).isEqualTo("long-\n\n\nsecret");
        assertThat(mask("long-secret").text("long\nlong-secret")).isEqualTo("long\n***");
        assertThat(mask("long-secret").text("long-\nsecre\nt")).isEqualTo("***");
        var stream = mask("long-secret").stream();
        assertThat(take(stream, "a long-\n")).isEqualTo("a ");
        assertThat(take(stream, "sec")).isEmpty();
        assertThat(take(stream, "ond")).isEqualTo("long-\nsecond");
    }

    @Test
    void a_value_is_hidden_as_bash_quotes_it() {
        for (var value : List.of("abc def~", "~a b~c", "#x y#z", "a=~b:~c d", "p@%+-/:,._ q")) {
            var quoted =
                    switch (value) {
                        case "abc def~" -> "abc\\ def~";
                        case "~a b~c" -> "\\~a\\ b~c";
                        case "#x y#z" -> "\\#x\\ y#z";
                        case "a=~b:~c d" -> "a=\\~b:\\~c\\ d";
                        default -> "p@%+-/:\\,._\\ q";
                    };
            assertThat(mask(value).text(quoted)).as(value).isEqualTo("***");
        }
    }

    @Test
    void lines_of_a_value_are_hidden_one_by_one_and_so_are_broken_encodings() {
        var key = new StringBuilder("-----BEGIN KEY-----\n");
        var random = new SplittableRandom(5);
        for (int i = 0; i < 10; i++) {
            var line = new byte[48];
            random.nextBytes(line);
            key.append(Base64.getEncoder().encodeToString(line)).append('\n');
        }
        var value = key.append("-----END KEY-----\n").toString();
        var mask = mask(value);
        for (var line : value.lines().toList()) {
            assertThat(mask.text("got " + line)).isEqualTo("got ***");
        }
        assertThat(mask.text(value.replace("\n", "\r\n"))).isEqualTo("***");
        for (int width : new int[] {76, 64}) {
            var broken =
                    Base64.getMimeEncoder(width, new byte[] {'\n'})
                            .encodeToString(value.getBytes(UTF_8));
            assertThat(mask.text(broken)).isEqualTo("***");
            for (var line : broken.lines().filter(l -> l.length() > 8).toList()) {
                assertThat(mask.text(line)).isEqualTo("***");
            }
        }
    }

    @Test
    void a_stream_gives_at_once_what_no_secret_can_begin_with() {
        var stream = mask("secret").stream();
        assertThat(take(stream, "hello se")).isEqualTo("hello ");
        assertThat(take(stream, "cre")).isEmpty();
        assertThat(take(stream, "am\n")).isEqualTo("secream\n");
        assertThat(take(stream, "more s")).isEqualTo("more ");
        assertThat(finish(stream)).isEqualTo("s");
    }

    private static String take(MaskStream stream, String text) {
        var out = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(ISO_8859_1);
        stream.take(bytes, bytes.length, out::write);
        return out.toString(ISO_8859_1);
    }

    private static String finish(MaskStream stream) {
        var out = new ByteArrayOutputStream();
        stream.finish(out::write);
        return out.toString(ISO_8859_1);
    }

    // ---- properties

    /// No trial may leak: neither the value's form, however it was cut, nor a long piece of it.
    @Test
    void never_does_a_form_of_a_secret_come_through_however_it_is_cut() {
        Gen.forAll(
                VALUES,
                gen -> {
                    var random = new SplittableRandom(gen.below(1 << 30));
                    var values = new ArrayList<byte[]>();
                    for (int i = 0; i <= random.nextInt(3); i++) {
                        values.add(value(random));
                    }
                    var mask = Mask.of(values);
                    for (int i = 0; i < PLACES; i++) {
                        trial(mask, values.get(random.nextInt(values.size())), random);
                    }
                });
    }

    private static byte[] value(SplittableRandom random) {
        int length = Mask.LENGTH_MIN + random.nextInt(random.nextInt(4) == 0 ? 200 : 30);
        var value = new byte[length];
        var kind = random.nextInt(3);
        for (int i = 0; i < length; i++) {
            value[i] =
                    (byte)
                            switch (kind) {
                                case 0 -> random.nextInt(256);
                                case 1 -> ' ' + random.nextInt(95);
                                default -> "ab\n\"".charAt(random.nextInt(4));
                            };
        }
        return value;
    }

    private static void trial(Mask mask, byte[] value, SplittableRandom random) {
        boolean encoded = random.nextInt(4) == 0;
        byte[] form = encoded ? within(value, Base64.getEncoder(), random) : form(value, random);
        byte[] before = noise(random);
        byte[] after = noise(random);
        var in = new ByteArrayOutputStream();
        in.writeBytes(before);
        boolean broken = encoded && form.length >= 8;
        in.writeBytes(broken ? broken(form, random) : form);
        in.writeBytes(after);
        byte[] all = in.toByteArray();
        byte[] out = cut(mask, all, random);
        var text = new String(out, ISO_8859_1);
        assertThat(broken ? text.replace("\n", "") : text)
                .doesNotContain(new String(form, ISO_8859_1));
        assertThat(out).isEqualTo(mask.bytes(all));
    }

    /// In full lines, of which the first has begun with other data.
    private static byte[] broken(byte[] text, SplittableRandom random) {
        int width = 4 + random.nextInt(80);
        int next = random.nextInt(width);
        var out = new ByteArrayOutputStream();
        for (byte b : text) {
            if (next == 0) {
                out.write('\n');
                next = width;
            }
            out.write(b);
            next--;
        }
        return out.toByteArray();
    }

    private static byte[] noise(SplittableRandom random) {
        var noise = new byte[random.nextInt(60)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (' ' + random.nextInt(95));
        }
        return noise;
    }

    private static byte[] form(byte[] value, SplittableRandom random) {
        return switch (random.nextInt(9)) {
            case 0 -> value;
            case 1 -> HexFormat.of().formatHex(value).getBytes(UTF_8);
            case 2 -> HexFormat.of().withUpperCase().formatHex(value).getBytes(UTF_8);
            case 3 -> within(value, Base64.getEncoder(), random);
            case 4 -> within(value, Base64.getUrlEncoder(), random);
            case 5 -> percent(value);
            case 6 -> new String(value, UTF_8).replace("'", "'\\''").getBytes(UTF_8);
            case 7 -> json(new String(value, UTF_8)).getBytes(UTF_8);
            default -> Base64.getEncoder().encode(value);
        };
    }

    /// The signs that hold nothing but the value.
    private static byte[] within(byte[] value, Base64.Encoder encoder, SplittableRandom random) {
        int before = random.nextInt(3);
        byte[] all = new byte[before + value.length + 3];
        random.nextBytes(all);
        System.arraycopy(value, 0, all, before, value.length);
        byte[] text = encoder.encode(all);
        int from = (before * 8 + 5) / 6;
        return Arrays.copyOfRange(text, from, (before + value.length) * 8 / 6);
    }

    private static byte[] percent(byte[] value) {
        var out = new StringBuilder();
        for (byte b : value) {
            out.append("%%%02X".formatted(b & 0xFF));
        }
        return out.toString().getBytes(UTF_8);
    }

    private static String json(String value) {
        var out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    private static byte[] cut(Mask mask, byte[] all, SplittableRandom random) {
        var stream = mask.stream();
        var out = new ByteArrayOutputStream();
        int most = 1 + random.nextInt(20);
        for (int at = 0; at < all.length; ) {
            int count = Math.min(all.length - at, 1 + random.nextInt(most));
            stream.take(Arrays.copyOfRange(all, at, at + count), count, out::write);
            at += count;
        }
        stream.finish(out::write);
        return out.toByteArray();
    }
}
