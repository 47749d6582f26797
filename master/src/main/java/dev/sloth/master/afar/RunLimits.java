package dev.sloth.master.afar;

/// How much may be asked for, answered and submitted at once.
public final class RunLimits {
    /// The largest page of whatever is asked for by number.
    public static final int PAGE_MAX = 1_000;

    /// No part of an answer or of a content is longer.
    public static final int PART_BYTES_MAX = 512 << 10;

    /// No answer is longer; longer ones are not for memory.
    public static final int ANSWER_BYTES_MAX = 512 << 20;

    /// No request is longer.
    public static final int REQUEST_BYTES_MAX = 512 << 10;

    /// The files of a submission, scripts and values.
    public static final int FILES_MAX = 10_000;

    /// The path of none of them is longer.
    public static final int PATH_MAX = 4_096;

    /// What a submission brings along, as it travels.
    public static final long SUBMITTED_BYTES_MAX = 64L << 20;

    /// And as it was before it was compressed.
    public static final long SUBMITTED_SIZE_MAX = 256L << 20;

    public static final int LABELS_MAX = 100;

    public static final int LABEL_LENGTH_MAX = 4_096;

    private RunLimits() {}
}
