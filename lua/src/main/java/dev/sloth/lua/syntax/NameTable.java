package dev.sloth.lua.syntax;

import java.nio.charset.StandardCharsets;

/// The words of one text, each made a string once: a script says the same few names over and over.
final class NameTable {
    private static final int FIRST_CAPACITY = 256;

    /// What a word takes here, and as a constant of the script.
    private static final long BYTES_PER_WORD = 192;

    private final byte[] text;
    private final Allowance allowance;
    private String[] words = new String[FIRST_CAPACITY];
    private Kind[] kinds = new Kind[FIRST_CAPACITY];
    private int[] from = new int[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private int[] hashes = new int[FIRST_CAPACITY];
    private int count;

    NameTable(byte[] text, Allowance allowance) {
        this.text = text;
        this.allowance = allowance;
    }

    /// The slot of the word between two offsets.
    int find(int start, int end, int hash) {
        int mask = words.length - 1;
        int slot = spread(hash) & mask;
        while (lengths[slot] != 0) {
            if (hashes[slot] == hash
                    && lengths[slot] == end - start
                    && same(from[slot], start, end)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        if (count * 2 >= words.length) {
            grow();
            return find(start, end, hash);
        }
        return put(slot, start, end, hash);
    }

    String word(int slot) {
        return words[slot];
    }

    Kind kind(int slot) {
        return kinds[slot];
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 15);
    }

    private boolean same(int known, int start, int end) {
        for (int i = start, k = known; i < end; i++, k++) {
            if (text[i] != text[k]) {
                return false;
            }
        }
        return true;
    }

    private int put(int slot, int start, int end, int hash) {
        allowance.take(BYTES_PER_WORD);
        String word = new String(text, start, end - start, StandardCharsets.US_ASCII);
        words[slot] = word;
        kinds[slot] = Kind.ofWord(word);
        from[slot] = start;
        lengths[slot] = end - start;
        hashes[slot] = hash;
        count++;
        return slot;
    }

    private void grow() {
        String[] oldWords = words;
        Kind[] oldKinds = kinds;
        int[] oldFrom = from;
        int[] oldLengths = lengths;
        int[] oldHashes = hashes;
        int capacity = oldWords.length * 2;
        words = new String[capacity];
        kinds = new Kind[capacity];
        from = new int[capacity];
        lengths = new int[capacity];
        hashes = new int[capacity];
        for (int i = 0; i < oldWords.length; i++) {
            if (oldLengths[i] != 0) {
                int slot = spread(oldHashes[i]) & (capacity - 1);
                while (lengths[slot] != 0) {
                    slot = (slot + 1) & (capacity - 1);
                }
                words[slot] = oldWords[i];
                kinds[slot] = oldKinds[i];
                from[slot] = oldFrom[i];
                lengths[slot] = oldLengths[i];
                hashes[slot] = oldHashes[i];
            }
        }
    }
}
