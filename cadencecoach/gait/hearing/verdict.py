"""Why nothing is told of a sound."""

from enum import IntEnum


class Unheard(IntEnum):
    """Why no step rate is told; the numbers stand in journals."""

    NO_RHYTHM = 1  # nobody, too loud a motor, or too soft a foot
    MACHINE = 2  # it repeats within a step too
    NOTES = 3  # voices or music
    CHANGING = 4  # the newer part says something else
    EXACT = 5  # more exact than a runner
    OWN_CLICK = 6  # it is as exact as the beat that sounds
    SEEKING_CLICK = 7  # a beat sounds, and when it arrives here is not known yet
    STARTING = 8  # too little has been heard
    ZEROS = 9  # nothing but zeros: no permission, or a switch on the microphone
