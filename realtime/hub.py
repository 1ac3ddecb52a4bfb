"""One hub per process: who of this process follows what, and the frames they may have missed. It never waits."""

from collections import defaultdict

from realtime.audience import Audience, Follower
from realtime.connection import TOO_SLOW, UNNUMBERED
from realtime.letters import Told
from realtime.trail import Encoded, Kept, Trail, Verdict


class Hub:
    def __init__(self) -> None:
        self.followers: dict[str, Audience] = defaultdict(Audience)
        self.trails: dict[str, Trail] = defaultdict(Trail)

    def follow(self, topic: str, follower: Follower) -> None:
        self.followers[topic].add(follower)

    def unfollow(self, topic: str, follower: Follower) -> None:
        """After the last one the process may forget the topic."""
        self.followers[topic].discard(follower)
        if not self.followers[topic]:
            del self.followers[topic]
            self.trails.pop(topic, None)

    def follows(self, topic: str) -> bool:
        return topic in self.followers

    def audience(self, topic: str) -> int:
        """How many follow."""
        return len(self.followers[topic]) if topic in self.followers else 0

    def broadcast(self, told: Told) -> None:
        audience = self.followers.get(told.topic)
        if not audience:
            return
        encoded = Encoded(told.body)
        match self.trails[told.topic].hear(told, encoded):
            case Verdict.NEWS:
                audience.deliver(told.seq, encoded)
            case Verdict.SET_BACK:
                self.restart(audience)

    def send(self, topic: str, body: bytes) -> None:
        """An unnumbered frame: the newest wins, a lost one is harmless."""
        if topic in self.followers:
            self.followers[topic].deliver(UNNUMBERED, Encoded(body))

    def missed(self, topic: str, line: str | None, seq: int | None) -> list[Kept] | None:
        return self.trails[topic].after(line, seq) if topic in self.trails else None

    def agrees(self, topic: str, line: str) -> bool:
        """Whether who follows here may be shown this line. Frames do not say theirs: all followers of a topic are on one (decision 27)."""
        if self.trails[topic].agree(line):
            return True
        self.restart(self.followers[topic])
        return False

    @staticmethod
    def restart(audience: Audience) -> None:
        """They come back, and are shown where the game stands."""
        for follower in tuple(audience):
            follower.close(TOO_SLOW)

    def position(self, topic: str) -> int | None:
        """The last number that was told here, for the ping."""
        return self.trails[topic].seq if topic in self.trails else None
