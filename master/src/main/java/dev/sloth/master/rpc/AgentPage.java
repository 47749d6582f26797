package dev.sloth.master.rpc;

import dev.sloth.wire.AgentSight;
import dev.sloth.wire.Protocol;
import dev.sloth.wire.proto.AgentList;
import dev.sloth.wire.proto.ListAgentsRequest;
import java.util.List;

/// As many agents as one message takes, of those that come after what was told already. They are in
/// the order of their names; there may be several of one name, of which one is not revoked.
final class AgentPage {
    /// Half of what a message may have, as the last agent may go beyond.
    private static final int BYTES_MAX = Protocol.MESSAGE_BYTES_MAX / 2;

    private AgentPage() {}

    static AgentList of(List<AgentSight> all, ListAgentsRequest asked) {
        var page = AgentList.newBuilder();
        int bytes = 0;
        for (var agent : rest(all, asked)) {
            if (bytes > BYTES_MAX) {
                page.setMore(true);
                break;
            }
            var message = agent.message();
            bytes += message.getSerializedSize();
            page.addAgents(message);
        }
        return page.build();
    }

    private static List<AgentSight> rest(List<AgentSight> all, ListAgentsRequest asked) {
        var name = asked.getAfterName();
        if (name.isEmpty()) {
            return all;
        }
        for (int i = 0; i < all.size(); i++) {
            var agent = all.get(i);
            if (agent.name().compareTo(name) > 0) {
                return all.subList(i, all.size());
            }
            if (agent.name().equals(name) && agent.id().equals(asked.getAfterId())) {
                return all.subList(i + 1, all.size());
            }
        }
        return List.of();
    }
}
