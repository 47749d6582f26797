package dev.sloth.wire.shared;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateCommand.Act;
import dev.sloth.api.state.StateCommand.End;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.wire.proto.KeyAndField;
import dev.sloth.wire.proto.KeyAndValue;
import dev.sloth.wire.proto.PutValues;
import dev.sloth.wire.proto.SharedCommand;
import dev.sloth.wire.proto.TakeLock;
import dev.sloth.wire.proto.TimeSpan;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.BiFunction;

/// Makes commands of messages.
final class CommandReading {
    private CommandReading() {}

    /// @throws IllegalArgumentException when it is none that this version knows
    static StateCommand of(SharedCommand message) {
        return switch (message.getCommandCase()) {
            case GET -> {
                var get = message.getGet();
                yield new StateCommand.Get(
                        get.getKey(),
                        get.hasAt() ? Optional.of(Values.read(get.getAt())) : Optional.empty());
            }
            case GET_MANY -> new StateCommand.GetMany(message.getGetMany().getKeysList());
            case EXISTS -> new StateCommand.Exists(message.getExists());
            case TTL -> new StateCommand.Ttl(message.getTtl());
            case TYPE -> new StateCommand.Type(message.getType());
            case SIZE -> new StateCommand.Size(message.getSize());
            case KEYS -> {
                var keys = message.getKeys();
                yield new StateCommand.Keys(keys.getPattern(), keys.getAfter(), keys.getLimit());
            }
            case STATS -> new StateCommand.Stats();
            case LENGTH -> new StateCommand.Length(message.getLength());
            case RANGE -> {
                var range = message.getRange();
                yield new StateCommand.Range(range.getKey(), range.getFrom(), range.getTo());
            }
            case GET_FIELD -> field(message.getGetField(), StateCommand.GetField::new);
            case FIELDS -> new StateCommand.Fields(message.getFields());
            case HAS_MEMBER -> item(message.getHasMember(), StateCommand.HasMember::new);
            case MEMBERS -> new StateCommand.Members(message.getMembers());
            case LOCK_STANDING -> new StateCommand.LockStanding(message.getLockStanding());
            case LOCKS -> new StateCommand.Locks(message.getLocks());
            case FENCED,
                    PUT,
                    PUT_MANY,
                    SWAP,
                    DELETE,
                    DELETE_MANY,
                    CLEAR,
                    EXPIRE,
                    ADD,
                    APPEND,
                    RENAME,
                    CLEAN_UP ->
                    values(message);
            case PUSH,
                    POP,
                    REMOVE_ITEM,
                    PUT_FIELD,
                    DROP_FIELD,
                    ADD_MEMBER,
                    DROP_MEMBER,
                    LOCK,
                    UNLOCK,
                    BREAK,
                    RENEW ->
                    partsAndLocks(message);
            case COMMAND_NOT_SET -> throw unknown();
        };
    }

    private static IllegalArgumentException unknown() {
        return new IllegalArgumentException("there is no such command");
    }

    private static Act act(SharedCommand message) {
        if (of(message) instanceof Act act) {
            return act;
        }
        throw new IllegalArgumentException("only a change is done under a lock");
    }

    private static Act values(SharedCommand message) {
        return switch (message.getCommandCase()) {
            case FENCED ->
                    new StateCommand.Fenced(
                            message.getFenced().getToken(), act(message.getFenced().getAct()));
            case PUT -> {
                var put = message.getPut();
                yield new StateCommand.Put(
                        put.getKey(),
                        Values.read(put.getValue()),
                        ttl(put.hasTtl(), put.getTtl()),
                        put.getOnlyIfAbsent());
            }
            case PUT_MANY -> putMany(message.getPutMany());
            case SWAP -> {
                var swap = message.getSwap();
                yield new StateCommand.Swap(
                        swap.getKey(),
                        Values.read(swap.getExpected()),
                        Values.read(swap.getNext()));
            }
            case DELETE -> new StateCommand.Delete(message.getDelete());
            case DELETE_MANY -> new StateCommand.DeleteMany(message.getDeleteMany().getKeysList());
            case CLEAR -> new StateCommand.Clear(message.getClear());
            case EXPIRE -> {
                var expire = message.getExpire();
                yield new StateCommand.Expire(
                        expire.getKey(), ttl(expire.hasTtl(), expire.getTtl()));
            }
            case ADD ->
                    new StateCommand.Add(message.getAdd().getKey(), message.getAdd().getDelta());
            case APPEND ->
                    new StateCommand.Append(
                            message.getAppend().getKey(),
                            Text.ofBytes(message.getAppend().getText().toByteArray()));
            case RENAME ->
                    new StateCommand.Rename(
                            message.getRename().getKey(), message.getRename().getNext());
            case CLEAN_UP -> new StateCommand.CleanUp();
            default -> throw unknown();
        };
    }

    private static Act partsAndLocks(SharedCommand message) {
        return switch (message.getCommandCase()) {
            case PUSH -> {
                var push = message.getPush();
                yield new StateCommand.Push(
                        push.getKey(), Values.read(push.getItem()), end(push.getFront()));
            }
            case POP ->
                    new StateCommand.Pop(
                            message.getPop().getKey(), end(message.getPop().getFront()));
            case REMOVE_ITEM -> item(message.getRemoveItem(), StateCommand.RemoveItem::new);
            case PUT_FIELD -> {
                var put = message.getPutField();
                yield new StateCommand.PutField(
                        put.getKey(), put.getField(), Values.read(put.getValue()));
            }
            case DROP_FIELD -> field(message.getDropField(), StateCommand.DropField::new);
            case ADD_MEMBER -> item(message.getAddMember(), StateCommand.AddMember::new);
            case DROP_MEMBER -> item(message.getDropMember(), StateCommand.DropMember::new);
            case LOCK -> of(message.getLock());
            case UNLOCK ->
                    new StateCommand.Unlock(
                            message.getUnlock().getName(), message.getUnlock().getToken());
            case BREAK -> new StateCommand.Break(message.getBreak());
            case RENEW -> {
                var renew = message.getRenew();
                yield new StateCommand.Renew(
                        renew.getName(), renew.getToken(), Values.read(renew.getTtl()));
            }
            default -> throw unknown();
        };
    }

    static StateCommand.Lock of(TakeLock lock) {
        return new StateCommand.Lock(lock.getName(), lock.getHolder(), Values.read(lock.getTtl()));
    }

    private static StateCommand.PutMany putMany(PutValues many) {
        var values = new HashMap<String, Value>();
        many.getValuesMap().forEach((key, value) -> values.put(key, Values.read(value)));
        return new StateCommand.PutMany(values, ttl(many.hasTtl(), many.getTtl()));
    }

    private static Optional<Duration> ttl(boolean given, TimeSpan ttl) {
        return given ? Optional.of(Values.read(ttl)) : Optional.empty();
    }

    private static End end(boolean front) {
        return front ? End.FRONT : End.BACK;
    }

    private static <T> T item(KeyAndValue message, BiFunction<String, Value, T> command) {
        return command.apply(message.getKey(), Values.read(message.getValue()));
    }

    private static <T> T field(KeyAndField message, BiFunction<String, String, T> command) {
        return command.apply(message.getKey(), message.getField());
    }
}
