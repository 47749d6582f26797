package dev.sloth.lua.syntax;

import dev.sloth.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Breaks scripts: bytes flipped, tokens dropped, doubled and swapped, scripts spliced.
public final class Mutation {
    private static final int STEPS_MAX = 3;

    private final List<byte[]> corpus = Scripts.bytes();
    private final Gen gen;

    public Mutation(Gen gen) {
        this.gen = gen;
    }

    public byte[] script() {
        byte[] text = gen.oneOf(corpus);
        int steps = gen.between(1, STEPS_MAX);
        for (int i = 0; i < steps; i++) {
            text = step(text);
        }
        return text;
    }

    private byte[] step(byte[] text) {
        return switch (gen.below(6)) {
            case 0 -> flipped(text);
            case 1 -> spliced(text);
            case 2 -> cut(text);
            default -> tokensChanged(text);
        };
    }

    private byte[] flipped(byte[] text) {
        byte[] copy = text.clone();
        if (copy.length > 0) {
            copy[gen.below(copy.length)] = (byte) gen.below(256);
        }
        return copy;
    }

    private byte[] spliced(byte[] text) {
        byte[] other = gen.oneOf(corpus);
        int head = gen.below(text.length + 1);
        int tail = gen.below(other.length + 1);
        byte[] joined = new byte[head + other.length - tail];
        System.arraycopy(text, 0, joined, 0, head);
        System.arraycopy(other, tail, joined, head, other.length - tail);
        return joined;
    }

    private byte[] cut(byte[] text) {
        return Arrays.copyOf(text, gen.below(text.length + 1));
    }

    private byte[] tokensChanged(byte[] text) {
        Tokens tokens = Lexer.read(text);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < tokens.count - 1; i++) {
            int start = i == 0 ? 0 : tokens.to[i - 1];
            words.add(new String(text, start, tokens.to[i] - start, StandardCharsets.ISO_8859_1));
        }
        if (words.isEmpty()) {
            return text;
        }
        int at = gen.below(words.size());
        switch (gen.below(3)) {
            case 0 -> words.remove(at);
            case 1 -> words.add(gen.below(words.size()), " " + words.get(at));
            default -> words.set(at, " " + words.get(gen.below(words.size())));
        }
        return String.join("", words).getBytes(StandardCharsets.ISO_8859_1);
    }
}
