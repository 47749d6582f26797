package dev.sloth.plugins.vault;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;

/// What can be wrong with a Vault; never with a value in it.
final class Trouble {
    private static final String CODE = "SLOTH-4511";

    private Trouble() {}

    static Problems with(String what, String remedy) {
        return new Problems(new Problem(CODE, "vault: " + what, Span.NOWHERE, remedy));
    }
}
