package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateCommand.Act;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;

/// Does commands.
final class Acts {
    private final Writing writing;
    private final ValueActs values;
    private final CollectionActs collections;
    private final Locks locks;

    private Acts(Writing writing) {
        this.writing = writing;
        this.values = new ValueActs(writing);
        this.collections = new CollectionActs(writing);
        this.locks = new Locks(writing);
    }

    /// Does one command, or throws and leaves nothing that is worth keeping.
    ///
    /// @param cost of what is answered to a question
    static Answer answer(Writing writing, StateCommand command, Cost cost) {
        return switch (command) {
            case StateCommand.Look look -> new Looks(writing.reading(), cost).answer(look);
            case Act act -> {
                var answer = new Acts(writing).act(act);
                writing.finish();
                yield answer;
            }
        };
    }

    private Answer act(Act act) {
        return switch (act) {
            case StateCommand.Fenced(long token, var inner) -> fenced(token, inner);
            case StateCommand.Put put -> values.put(put);
            case StateCommand.PutMany many -> values.putMany(many);
            case StateCommand.Swap swap -> values.swap(swap);
            case StateCommand.Delete(var key) -> values.delete(key);
            case StateCommand.DeleteMany(var keys) -> values.deleteMany(keys);
            case StateCommand.Clear(var pattern) -> values.clear(Pattern.of(pattern));
            case StateCommand.Expire expire -> values.expire(expire);
            case StateCommand.Add(var key, double delta) -> values.add(key, delta);
            case StateCommand.Append(var key, var text) -> values.append(key, text);
            case StateCommand.Rename(var key, var next) -> values.rename(key, next);
            case StateCommand.CleanUp _ -> Answer.of(values.cleanUp());
            case StateCommand.Push push -> collections.push(push);
            case StateCommand.Pop pop -> collections.pop(pop);
            case StateCommand.RemoveItem(var key, var item) -> collections.removeItem(key, item);
            case StateCommand.PutField put -> collections.putField(put);
            case StateCommand.DropField(var key, var field) -> collections.dropField(key, field);
            case StateCommand.AddMember(var key, var member) -> collections.addMember(key, member);
            case StateCommand.DropMember(var key, var member) ->
                    collections.dropMember(key, member);
            case StateCommand.Lock lock -> locks.take(lock);
            case StateCommand.Unlock(var name, long token) -> locks.release(name, token);
            case StateCommand.Break(var name) -> locks.takeAway(name);
            case StateCommand.Renew(var name, long token, var ttl) -> locks.renew(name, token, ttl);
        };
    }

    private Answer fenced(long token, Act act) {
        var lock = writing.edit().lockOf(writing.space(), token);
        if (lock.isEmpty() || !lock.get().heldAt(writing.now())) {
            throw new StateRefusal(
                    Reason.STALE,
                    "the token %d is not that of a lock that is held: its time was up, or it was given back, and somebody else may act now"
                            .formatted(token));
        }
        return act(act);
    }
}
