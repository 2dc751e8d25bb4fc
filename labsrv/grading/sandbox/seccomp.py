"""seccomp: the kernel refuses the system calls that no decision needs (seccomp(2); the filter is classic BPF).

What is refused looks into or changes other processes, makes namespaces or mounts, opens sockets, executes programs,
changes the rights of files, passes words by the cache or the locks of shared files, keeps memory where no limit counts
it, or touches the machine. All else goes through.
"""

import ctypes
import errno
import platform
import signal
import struct
from functools import cache

from labsrv.grading.system.linux import PR_SET_PDEATHSIG, PR_SET_SECCOMP, Missing, prctl

MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

# name: (number on x86_64, on aarch64); None where the machine has no such call.
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    # programs
    "execve": (59, 221),
    "execveat": (322, 281),
    "uselib": (134, None),
    # namespaces and mounts
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    # rights and times of files: Landlock lets their owner change them
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "fchmodat2": (452, 452),
    # what processes that share a file could tell each other by it: the cache that it lies in, locks, who opens it
    "flock": (73, 32),
    "fadvise64": (221, 223),
    "readahead": (187, 213),
    "mincore": (27, 232),
    "cachestat": (451, 451),
    "preadv2": (327, 286),
    "pwritev2": (328, 287),
    "sync": (162, 81),
    "syncfs": (306, 267),
    "sync_file_range": (277, 84),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "inotify_add_watch": (254, 27),
    # sockets: the one to the grader is there already
    "socket": (41, 198),
    # memory that no limit counts
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "mlock": (149, 228),
    "mlock2": (325, 284),
    "mlockall": (151, 230),
    # the machine, and doors into the kernel
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "personality": (135, 92),
    "syslog": (103, 116),
    "fanotify_init": (300, 262),
    "vhangup": (153, 58),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
}
CLONE, CLONE3, PRCTL, FCNTL = (56, 220), 435, (157, 167), (72, 25)
# Locks and leases (fcntl(2)): F_GETLK to F_SETLKW, F_OFD_GETLK to F_OFD_SETLKW, F_SETLEASE to F_NOTIFY.
LOCKS = ((5, 7), (36, 38), (1024, 1026))
MAKES_NAMESPACES = 0x7E020000  # every CLONE_NEW… flag but the one for time, which clone does not take

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN, JUMP = 0x20, 0x15, 0x35, 0x45, 0x06, 0x05
AT_NUMBER, AT_MACHINE, AT_FIRST, AT_SECOND = 0, 4, 16, 24  # in struct seccomp_data; the lower half of an argument
X32 = 0x40000000
ALLOW, KILL = 0x7FFF0000, 0x80000000
MODE_FILTER = 2


def refuse(number: int = errno.EPERM) -> bytes:
    """Return the instruction that answers a call with an error."""
    return instruction(RETURN, 0x00050000 | number)


def instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Return one instruction (struct sock_filter); the two numbers say how many to skip."""
    return struct.pack("HBBI", code, if_true, if_false, value)


@cache
def program(machine: str) -> bytes:
    """Return the filter for one kind of machine, or raise `Missing`."""
    if machine not in MACHINES:
        raise Missing(f"no list of system calls for {machine}")

    # One kernel may know the numbers of several machines: one of another's would pass for a harmless call of ours.
    audit, column = MACHINES[machine]
    lines = [
        instruction(LOAD, AT_MACHINE),
        instruction(EQUAL, audit, if_true=1),
        instruction(RETURN, KILL),
        instruction(LOAD, AT_NUMBER),
    ]
    if machine == "x86_64":
        lines += [instruction(AT_LEAST, X32, if_false=1), refuse()]

    # Each comparison skips one line where it does not apply: the order of the calls makes no difference.
    for numbers in REFUSED.values():
        if numbers[column] is not None:
            lines += [instruction(EQUAL, numbers[column] or 0, if_false=1), refuse()]

    # Its flags lie in memory, where no filter sees them: the C library then takes clone.
    lines += [instruction(EQUAL, CLONE3, if_false=1), refuse(errno.ENOSYS)]
    # Threads are made with clone as well, so only its flags for namespaces are refused.
    lines += [
        instruction(EQUAL, CLONE[column], if_false=4),
        instruction(LOAD, AT_FIRST),
        instruction(ANY_BIT, MAKES_NAMESPACES, if_false=1),
        refuse(),
        instruction(RETURN, ALLOW),
    ]
    # A lock on a file that others have open as well would be a message to them.
    lines += [
        instruction(EQUAL, FCNTL[column], if_false=2 + 4 * len(LOCKS)),
        instruction(LOAD, AT_SECOND),
        *(
            each
            for first, last in LOCKS
            for each in (
                instruction(AT_LEAST, first, if_false=3),
                instruction(AT_LEAST, last + 1, if_true=1),
                refuse(),
                instruction(JUMP, 0),
            )
        ),
        instruction(RETURN, ALLOW),
    ]
    # A process is set to end with its parent, and may set nothing else.
    lines += [
        instruction(EQUAL, PRCTL[column], if_false=6),
        instruction(LOAD, AT_FIRST),
        instruction(EQUAL, PR_SET_PDEATHSIG, if_false=3),
        instruction(LOAD, AT_SECOND),
        instruction(EQUAL, signal.SIGKILL, if_true=1),
        refuse(),
        instruction(RETURN, ALLOW),
    ]
    return b"".join([*lines, instruction(RETURN, ALLOW)])


def restrict() -> None:
    """Have the kernel refuse these calls from now on; needs no_new_privs."""
    code = program(platform.machine())
    kept = ctypes.create_string_buffer(code, len(code))
    described = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(kept))
    buffer = ctypes.create_string_buffer(described, len(described))
    prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(buffer))
