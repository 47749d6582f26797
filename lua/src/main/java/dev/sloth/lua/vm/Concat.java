package dev.sloth.lua.vm;

import dev.sloth.lua.value.Arithmetic;
import dev.sloth.lua.value.Blame;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.Texts;
import java.util.List;

/// `a .. b .. c`: all operands first, then joined at once if they are plain, else from the right.
final class Concat extends Node implements Operation.Many {
    private final Node[] operands;
    private final int site;

    Concat(Node[] operands, int site) {
        this.operands = operands;
        this.site = site;
    }

    @Override
    double exec(Frame f) {
        int n = operands.length;
        var d = new double[n];
        var o = new Object[n];
        for (int i = 0; i < n; i++) {
            d[i] = operands[i].exec(f);
            o[i] = f.object(d[i]);
        }
        return of(f, d, o);
    }

    @Override
    public double of(Frame f, double[] d, Object[] o) {
        int n = operands.length;
        boolean plain = true;
        for (int i = 0; i < n; i++) {
            plain &= Arithmetic.isText(d[i], o[i]);
        }
        f.site = site;
        return plain ? join(f.s, d, o, n) : fold(f, d, o, n);
    }

    @Override
    public Shape shape() {
        return new Shape.Join(List.of(operands), this);
    }

    private static double join(LuaState s, double[] d, Object[] o, int n) {
        var parts = new byte[n][];
        long size = 0;
        for (int i = 0; i < n; i++) {
            byte[] part = Texts.raw(d[i], o[i]).bytes();
            parts[i] = part;
            size += part.length;
        }
        s.chargeString(size);
        var whole = new byte[(int) size];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        s.checkBytes(size);
        return s.ret(LuaString.ofBytes(whole));
    }

    private double fold(Frame f, double[] d, Object[] o, int n) {
        LuaState s = f.s;
        double right = d[n - 1];
        Object rightObject = o[n - 1];
        for (int i = n - 2; i >= 0; i--) {
            int left = i;
            boolean last = i == n - 2;
            Blame blame =
                    operand ->
                            operand == 0
                                    ? operands[left].described()
                                    : last ? operands[n - 1].described() : "";
            right = Arithmetic.concat(s, d[i], o[i], right, rightObject, blame);
            rightObject = s.out;
        }
        s.out = rightObject;
        return right;
    }
}
