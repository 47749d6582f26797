package dev.sloth.plugins.sops;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;

/// What can be wrong with a file; never with a value in it.
final class Trouble {
    private static final String CODE = "SLOTH-4511";

    private Trouble() {}

    static Problems with(String file, String what, String remedy) {
        return new Problems(new Problem(CODE, "sops: " + file + " " + what, Span.NOWHERE, remedy));
    }

    static Problems damaged(String file, String what) {
        return with(
                file,
                what,
                "it was changed without sops, or is damaged: bring it back from where it came from");
    }
}
