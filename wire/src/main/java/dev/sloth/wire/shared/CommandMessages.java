package dev.sloth.wire.shared;

import com.google.protobuf.ByteString;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateCommand.End;
import dev.sloth.api.value.Value;
import dev.sloth.wire.proto.AddNumber;
import dev.sloth.wire.proto.AppendText;
import dev.sloth.wire.proto.CleanUp;
import dev.sloth.wire.proto.Expire;
import dev.sloth.wire.proto.Fenced;
import dev.sloth.wire.proto.GetValue;
import dev.sloth.wire.proto.KeyAndField;
import dev.sloth.wire.proto.KeyAndValue;
import dev.sloth.wire.proto.Keys;
import dev.sloth.wire.proto.ListKeys;
import dev.sloth.wire.proto.ListRange;
import dev.sloth.wire.proto.NameAndToken;
import dev.sloth.wire.proto.PopItem;
import dev.sloth.wire.proto.PushItem;
import dev.sloth.wire.proto.PutField;
import dev.sloth.wire.proto.PutValue;
import dev.sloth.wire.proto.PutValues;
import dev.sloth.wire.proto.RenameKey;
import dev.sloth.wire.proto.RenewLock;
import dev.sloth.wire.proto.SharedCommand;
import dev.sloth.wire.proto.Stats;
import dev.sloth.wire.proto.SwapValue;
import dev.sloth.wire.proto.TakeLock;
import java.util.List;

/// Makes messages of commands; [CommandReading] makes commands of them.
final class CommandMessages {
    private CommandMessages() {}

    /// @throws dev.sloth.api.state.StateRefusal when a value of it is not data
    static SharedCommand of(StateCommand command) {
        var message = SharedCommand.newBuilder();
        return switch (command) {
            case StateCommand.Look look -> of(message, look).build();
            case StateCommand.Act act -> of(message, act).build();
        };
    }

    private static SharedCommand.Builder of(
            SharedCommand.Builder message, StateCommand.Look command) {
        return switch (command) {
            case StateCommand.Get get -> message.setGet(get(get));
            case StateCommand.GetMany(var keys) -> message.setGetMany(keys(keys));
            case StateCommand.Exists(var key) -> message.setExists(key);
            case StateCommand.Ttl(var key) -> message.setTtl(key);
            case StateCommand.Type(var key) -> message.setType(key);
            case StateCommand.Size(var key) -> message.setSize(key);
            case StateCommand.Keys(var pattern, var after, int limit) ->
                    message.setKeys(
                            ListKeys.newBuilder()
                                    .setPattern(pattern)
                                    .setAfter(after)
                                    .setLimit(limit));
            case StateCommand.Stats _ -> message.setStats(Stats.getDefaultInstance());
            case StateCommand.Length(var key) -> message.setLength(key);
            case StateCommand.Range(var key, long from, long to) ->
                    message.setRange(ListRange.newBuilder().setKey(key).setFrom(from).setTo(to));
            case StateCommand.GetField(var key, var field) ->
                    message.setGetField(field(key, field));
            case StateCommand.Fields(var key) -> message.setFields(key);
            case StateCommand.HasMember(var key, var member) ->
                    message.setHasMember(item(key, member));
            case StateCommand.Members(var key) -> message.setMembers(key);
            case StateCommand.LockStanding(var name) -> message.setLockStanding(name);
            case StateCommand.Locks(var pattern) -> message.setLocks(pattern);
        };
    }

    private static SharedCommand.Builder of(
            SharedCommand.Builder message, StateCommand.Act command) {
        return switch (command) {
            case StateCommand.Fenced(long token, var act) ->
                    message.setFenced(Fenced.newBuilder().setToken(token).setAct(of(act)));
            case StateCommand.Put put -> message.setPut(put(put));
            case StateCommand.PutMany many -> message.setPutMany(putMany(many));
            case StateCommand.Swap swap -> message.setSwap(swap(swap));
            case StateCommand.Delete(var key) -> message.setDelete(key);
            case StateCommand.DeleteMany(var keys) -> message.setDeleteMany(keys(keys));
            case StateCommand.Clear(var pattern) -> message.setClear(pattern);
            case StateCommand.Expire expire -> message.setExpire(expire(expire));
            case StateCommand.Add(var key, double delta) ->
                    message.setAdd(AddNumber.newBuilder().setKey(key).setDelta(delta));
            case StateCommand.Append(var key, var text) ->
                    message.setAppend(
                            AppendText.newBuilder()
                                    .setKey(key)
                                    .setText(ByteString.copyFrom(text.bytes())));
            case StateCommand.Rename(var key, var next) ->
                    message.setRename(RenameKey.newBuilder().setKey(key).setNext(next));
            case StateCommand.CleanUp _ -> message.setCleanUp(CleanUp.getDefaultInstance());
            case StateCommand.Push push -> message.setPush(push(push));
            case StateCommand.Pop(var key, var end) ->
                    message.setPop(PopItem.newBuilder().setKey(key).setFront(end == End.FRONT));
            case StateCommand.RemoveItem(var key, var item) ->
                    message.setRemoveItem(item(key, item));
            case StateCommand.PutField put -> message.setPutField(putField(put));
            case StateCommand.DropField(var key, var field) ->
                    message.setDropField(field(key, field));
            case StateCommand.AddMember(var key, var member) ->
                    message.setAddMember(item(key, member));
            case StateCommand.DropMember(var key, var member) ->
                    message.setDropMember(item(key, member));
            case StateCommand.Lock lock -> message.setLock(of(lock));
            case StateCommand.Unlock(var name, long token) ->
                    message.setUnlock(NameAndToken.newBuilder().setName(name).setToken(token));
            case StateCommand.Break(var name) -> message.setBreak(name);
            case StateCommand.Renew(var name, long token, var ttl) ->
                    message.setRenew(
                            RenewLock.newBuilder()
                                    .setName(name)
                                    .setToken(token)
                                    .setTtl(Values.span(ttl)));
        };
    }

    private static GetValue get(StateCommand.Get get) {
        var message = GetValue.newBuilder().setKey(get.key());
        get.at().ifPresent(at -> message.setAt(Values.moment(at)));
        return message.build();
    }

    private static Keys keys(List<String> keys) {
        return Keys.newBuilder().addAllKeys(keys).build();
    }

    private static KeyAndField field(String key, String field) {
        return KeyAndField.newBuilder().setKey(key).setField(field).build();
    }

    private static KeyAndValue item(String key, Value value) {
        return KeyAndValue.newBuilder().setKey(key).setValue(itemBytes(key, value)).build();
    }

    private static ByteString itemBytes(String key, Value value) {
        return Values.checked(value, "an item of '" + key + "'");
    }

    private static ByteString whole(String key, Value value) {
        return Values.checked(value, "'" + key + "'");
    }

    private static PutValue put(StateCommand.Put put) {
        var message =
                PutValue.newBuilder()
                        .setKey(put.key())
                        .setValue(whole(put.key(), put.value()))
                        .setOnlyIfAbsent(put.onlyIfAbsent());
        put.ttl().ifPresent(ttl -> message.setTtl(Values.span(ttl)));
        return message.build();
    }

    private static PutValues putMany(StateCommand.PutMany many) {
        var message = PutValues.newBuilder();
        many.values().forEach((key, value) -> message.putValues(key, whole(key, value)));
        many.ttl().ifPresent(ttl -> message.setTtl(Values.span(ttl)));
        return message.build();
    }

    private static SwapValue swap(StateCommand.Swap swap) {
        return SwapValue.newBuilder()
                .setKey(swap.key())
                .setExpected(whole(swap.key(), swap.expected()))
                .setNext(whole(swap.key(), swap.next()))
                .build();
    }

    private static Expire expire(StateCommand.Expire expire) {
        var message = Expire.newBuilder().setKey(expire.key());
        expire.ttl().ifPresent(ttl -> message.setTtl(Values.span(ttl)));
        return message.build();
    }

    private static PushItem push(StateCommand.Push push) {
        return PushItem.newBuilder()
                .setKey(push.key())
                .setItem(itemBytes(push.key(), push.item()))
                .setFront(push.end() == End.FRONT)
                .build();
    }

    private static PutField putField(StateCommand.PutField put) {
        return PutField.newBuilder()
                .setKey(put.key())
                .setField(put.field())
                .setValue(itemBytes(put.key(), put.value()))
                .build();
    }

    static TakeLock of(StateCommand.Lock lock) {
        return TakeLock.newBuilder()
                .setName(lock.name())
                .setHolder(lock.holder())
                .setTtl(Values.span(lock.ttl()))
                .build();
    }
}
