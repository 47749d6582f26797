package dev.sloth.core.state;

import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.journal.DataBytes;

/// What one answer takes of the memory of the script that asked. It is paid while the store is
/// read, which others wait for, so nobody waits for the script here.
record Cost(Allowance allowance) {
    /// Of what is read for nobody's answer.
    static final Cost NONE = new Cost(Allowance.FREE);

    /// @throws StateRefusal when there is not so much
    void take(long bytes) {
        if (!allowance.tryTake(bytes)) {
            throw StateRefusal.noMemory();
        }
    }

    Value decoded(byte[] encoded) {
        take(DataBytes.memory(encoded));
        return Reading.decoded(encoded);
    }

    Text key(String text) {
        var key = Text.of(text);
        take(Data.bytes(key));
        return key;
    }
}
