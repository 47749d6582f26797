package dev.sloth.dsl.define;

import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.MemoryWalk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything a load of a script has begun to define, in its order. Numbers and names are looked at
/// when somebody asks for them: most loads are for the sake of one function.
final class Drafts implements MemoryWalk.Visited, Imprint.Constant {
    private final LuaState state;
    private final List<Draft> all = new ArrayList<>();
    private final Map<String, Draft> tasks = new LinkedHashMap<>();
    private final Map<String, Integer> keys = new HashMap<>();
    private Stage stage;
    private int settled;
    private final Map<Draft.Kind, Map<String, Draft>> firsts = new EnumMap<>(Draft.Kind.class);
    private int indexed;

    /// What they are for.
    enum Stage {
        /// The script is read for its definitions, with the place of each.
        READ,
        /// It is loaded for its functions.
        LOADED,
        /// It has been loaded: what its functions define while they run is of no account.
        RUNNING
    }

    Drafts(LuaState state, Stage stage) {
        this.state = state;
        this.stage = stage;
    }

    Stage stage() {
        return stage;
    }

    void loaded() {
        stage = Stage.RUNNING;
    }

    /// What the script's own values do not hold counts as its memory all the same.
    @Override
    public long visit(MemoryWalk walk) {
        long bytes = 0;
        for (Draft draft : all) {
            bytes += draft.visit(walk);
        }
        return bytes;
    }

    /// Counts what is about to be noted.
    void charge(long bytes) {
        state.charge(bytes);
    }

    Draft add(Draft.Kind kind, String key, String name, Spot at) {
        charge(Draft.BYTES);
        var draft = new Draft(this, kind, key, name, at);
        all.add(draft);
        return draft;
    }

    List<Draft> all() {
        return all;
    }

    /// The task that was defined by this name alone; the first of a name is the one that others
    /// refer to.
    Optional<Draft> task(String name) {
        settle();
        return Optional.ofNullable(tasks.get(name));
    }

    Set<String> taskNames() {
        settle();
        return tasks.keySet();
    }

    /// The first of a kind with a base. For states that serve many: enters all at the first asking.
    Optional<Draft> first(Draft.Kind kind, String base) {
        for (; indexed < all.size(); indexed++) {
            var draft = all.get(indexed);
            firsts.computeIfAbsent(draft.kind(), _ -> new HashMap<>())
                    .putIfAbsent(draft.base(), draft);
        }
        return Optional.ofNullable(firsts.getOrDefault(kind, Map.of()).get(base));
    }

    /// Numbers what was added since.
    void settle() {
        for (; settled < all.size(); settled++) {
            var draft = all.get(settled);
            draft.number(keys.merge(draft.kind().word() + " " + draft.base(), 1, Integer::sum));
            if (draft.kind() == Draft.Kind.TASK && draft.isBuilt()) {
                tasks.putIfAbsent(draft.name(), draft);
            }
        }
    }
}
