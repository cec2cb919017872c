"""From batches of phones to the payloads of one phone: the first one that sends is listened to as long as it does."""

from cadencecoach.gait.phone import EPOCHS
from cadencecoach.gait.phone_messages import PhoneBatch
from cadencecoach.gait.phone_order import PhoneOrder, Signal

SILENT_AFTER_S = 5.0  # as any sensor is lost; then another phone may take over
SECOND_FOR_S = 10.0  # a second phone is told of for so long after it sent last


class PhoneIntake:
    """Takes what phones send.

    Attributes:
        app: of the phone that counts; empty before anything came
        order: of its samples
        heard_s: when new samples of it came last; None before the first
        is_paused: its app says that it does not measure
    """

    def __init__(self) -> None:
        """Nobody has sent anything."""
        self.app = ""
        self.order = PhoneOrder()
        self.heard_s: float | None = None
        self.is_paused = False
        self._sender: str | None = None
        self._second_s: float | None = None

    def take(self, batch: PhoneBatch, time_s: float) -> list[bytes]:
        """The payloads a batch brings; none where it holds nothing new, or is another phone's."""
        if batch.sender != self._sender:
            if self._sender is not None and not self.is_silent(time_s):
                self._second_s = time_s
                return []
            if not batch.times_ns:
                return []
            is_first = self._sender is None
            self.order = PhoneOrder() if is_first else PhoneOrder((self.order.epoch + 1) % EPOCHS)
            self._sender = batch.sender
        self.app, self.is_paused = batch.app, not batch.is_measuring
        payloads = self.order.take(batch, time_s)
        if payloads or (self.order.signal is Signal.SENSELESS and batch.times_ns):
            self.heard_s = time_s
        return payloads

    def is_silent(self, time_s: float) -> bool:
        """Whether nothing new has come for a while."""
        return self.heard_s is None or time_s - self.heard_s >= SILENT_AFTER_S

    def has_second(self, time_s: float) -> bool:
        """Whether another phone sends too."""
        return self._second_s is not None and time_s - self._second_s < SECOND_FOR_S
