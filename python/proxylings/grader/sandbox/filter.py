"""The system calls that no box may make, as a seccomp filter.

libseccomp writes the filter's program and knows each machine's numbers; `pyseccomp` calls it.
"""

import errno
import functools
import tempfile
from typing import Any

from proxylings.grader.sandbox.model import SandboxUnavailable

# Other views of the machine, and other namespaces.
_NAMESPACES = """
unshare setns mount umount umount2 pivot_root chroot move_mount open_tree open_tree_attr fsopen fsconfig fsmount fspick
mount_setattr statmount listmount name_to_handle_at open_by_handle_at quotactl quotactl_fd fanotify_init
"""
# Large doors into the kernel that no exercise needs: most kernel exploits of the last years went through these.
_KERNEL = """
io_uring_setup io_uring_enter io_uring_register bpf perf_event_open userfaultfd keyctl add_key request_key
modify_ldt vm86 vm86old iopl ioperm personality uselib ustat sysfs _sysctl lookup_dcookie kcmp vhangup
init_module finit_module delete_module create_module query_module get_kernel_syms kexec_load kexec_file_load
reboot swapon swapoff acct syslog nfsservctl settimeofday stime clock_settime clock_adjtime clock_adjtime64
clock_settime64 adjtimex sethostname setdomainname
migrate_pages move_pages mbind set_mempolicy set_mempolicy_home_node remap_file_pages
"""
# Other processes: a box holds only its own, and even these don't look into each other.
_PROCESSES = "ptrace process_vm_readv process_vm_writev process_madvise pidfd_getfd"
# Memory that belongs to no process, so that no limit on a process's memory counts it.
_LOOSE_MEMORY = (
    "memfd_create memfd_secret shmget shmat shmdt shmctl msgget msgsnd msgrcv msgctl semget mq_open vmsplice"
)
# CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
_CLONE_FLAGS = (0x80, 0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
# Typing into the terminal that holds the grader, by two ways; and line disciplines.
_TIOCSTI, _TIOCLINUX, _TIOCSETD = 0x5412, 0x541C, 0x5423
_AF_UNIX, _AF_INET, _AF_INET6 = 1, 2, 10

_REMEDY = "Debian, Ubuntu: apt-get install bubblewrap libseccomp2. Fedora: dnf install bubblewrap libseccomp."


@functools.cache
def program() -> bytes:
    """Return the filter as the kernel wants it; it is made once."""
    seccomp = _library()
    made = seccomp.SyscallFilter(seccomp.ALLOW)  # any foreign architecture, x32 too, is killed
    made.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.KILL_PROCESS)
    refuse = seccomp.ERRNO(errno.EPERM)
    for name in f"{_NAMESPACES} {_KERNEL} {_PROCESSES} {_LOOSE_MEMORY}".split():
        _refuse(seccomp, made, refuse, name)
    # Its flags lie in memory, where no filter can look. Programs fall back to clone when it does not exist.
    _refuse(seccomp, made, seccomp.ERRNO(errno.ENOSYS), "clone3")
    for flag in _CLONE_FLAGS:
        _refuse(seccomp, made, refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    for request in (_TIOCSTI, _TIOCLINUX, _TIOCSETD):
        # The kernel reads 32 bits of it, the filter 64.
        _refuse(seccomp, made, refuse, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, request))
    for call in ("socket", "socketpair"):
        for family in set(range(_AF_INET6)) - {_AF_UNIX, _AF_INET}:
            _refuse(seccomp, made, refuse, call, seccomp.Arg(0, seccomp.EQ, family))
        _refuse(seccomp, made, refuse, call, seccomp.Arg(0, seccomp.GT, _AF_INET6))
    with tempfile.TemporaryFile() as file:
        made.export_bpf(file)
        file.seek(0)
        return file.read()


def _refuse(seccomp: Any, made: Any, action: int, name: str, *arguments: Any) -> None:
    """Add a rule, unless this architecture has no such call or this libseccomp is older than the call."""
    number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
    if number >= 0:
        made.add_rule(action, number, *arguments)


def _library() -> Any:
    try:
        import pyseccomp  # looks for libseccomp when it is imported
    except ImportError as error:
        raise SandboxUnavailable(
            "The sandbox needs the Python package pyseccomp.", "Run: python3 start.py setup"
        ) from error
    except (RuntimeError, OSError, AttributeError) as error:
        raise SandboxUnavailable(f"The sandbox needs libseccomp: {error}.", _REMEDY) from error
    return pyseccomp
