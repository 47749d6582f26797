package dev.sloth.plugins.strings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {
    private final Caller strings = new Caller(StringsModule.module(), new TestHost());

    @ParameterizedTest
    @ValueSource(strings = {"a@b.co", "first.last+tag@sub.example.org", "o'neil@x-y.io", "1@2.3"})
    void these_are_addresses(String text) {
        assertThat(strings.truth("is_email", text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a@", "@b.co", "a@b", "a b@c.de", "a@b..co", "a@b@c.de", "a@.c"})
    void these_are_no_addresses(String text) {
        assertThat(strings.truth("is_email", text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x", "https://x.org:8443/a?b=c#d", "ftp://h/f", "ssh://u@h"})
    void these_are_urls(String text) {
        assertThat(strings.truth("is_url", text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "x.org", "//x", "http://", "http:", "http://a b", "mailto:a@b.c"})
    void these_are_no_urls(String text) {
        assertThat(strings.truth("is_url", text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+1", "1.5", ".5", "1.", "1e9", "-1.5E-3"})
    void these_are_numbers(String text) {
        assertThat(strings.truth("is_numeric", text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "-", "e5", "1e", "0x10", "1 ", "1,5", "1.2.3", "inf", "nan"})
    void these_are_no_numbers(String text) {
        assertThat(strings.truth("is_numeric", text)).isFalse();
    }

    @Test
    void letters_are_those_of_every_script() {
        assertThat(strings.truth("is_alpha", "Überß")).isTrue();
        assertThat(strings.truth("is_alpha", "日本")).isTrue();
        assertThat(strings.truth("is_alpha", "a1")).isFalse();
        assertThat(strings.truth("is_alpha", "a b")).isFalse();
        assertThat(strings.truth("is_alphanumeric", "a1é")).isTrue();
        assertThat(strings.truth("is_alphanumeric", "a_1")).isFalse();
        assertThat(strings.truth("is_alphanumeric", "")).isFalse();
    }

    @Test
    @Timeout(20)
    void no_text_makes_them_slow() {
        var words = "a.".repeat(500_000);
        assertThat(strings.truth("is_email", words + "@" + words)).isFalse();
        assertThat(strings.truth("is_numeric", "1".repeat(1_000_000) + "x")).isFalse();
        assertThat(strings.truth("is_url", "http://" + words + " ")).isFalse();
    }
}
