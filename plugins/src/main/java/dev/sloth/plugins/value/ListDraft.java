package dev.sloth.plugins.value;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;

/// A list that is put together item by item at the cost of the script that asked for it.
public final class ListDraft {
    private static final int ITEM_BYTES = 2 * Data.VALUE_BYTES;

    private final DataTable items = new DataTable();
    private final Allowance allowance;
    private int length;

    public ListDraft(Allowance allowance) {
        this.allowance = allowance.inSteps();
    }

    /// Adds an item that is not a table, or one that is paid for.
    public ListDraft add(Value item) {
        allowance.take(ITEM_BYTES + (item instanceof Text text ? text.bytes().length : 0));
        items.put(new Value.Num(++length), item);
        return this;
    }

    /// The list itself.
    public DataTable table() {
        return items;
    }
}
