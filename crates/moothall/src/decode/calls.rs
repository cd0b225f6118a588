//! The system calls a decoder may make. Any other kills the process at once (SIGSYS).

use anyhow::Result;
use libc::{
    CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUSER, CLONE_NEWUTS, PROT_EXEC,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen::Dword, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    apply_filter,
};
use std::collections::BTreeMap;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Bytes in and out of what is open already, memory, and the end.
const DECODER: [i64; 18] = [
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_close,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_madvise,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_read,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_yield,
    libc::SYS_sigaltstack,
    libc::SYS_write,
];

/// To start one program, which loads libraries and runs threads. What it may open landlock decides. None reaches another
/// process, the network, or a room of its own.
const CONVERTER: [i64; 36] = [
    libc::SYS_dup,
    libc::SYS_dup3,
    libc::SYS_execve,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_fadvise64,
    libc::SYS_fcntl,
    libc::SYS_fstat,
    libc::SYS_ftruncate,
    libc::SYS_getcwd,
    libc::SYS_getdents64,
    libc::SYS_getegid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getuid,
    libc::SYS_lseek,
    libc::SYS_memfd_create,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_newfstatat,
    libc::SYS_openat,
    libc::SYS_pipe2,
    libc::SYS_pread64,
    libc::SYS_prctl,
    libc::SYS_prlimit64,
    libc::SYS_readlinkat,
    libc::SYS_readv,
    libc::SYS_rseq,
    libc::SYS_rt_sigaction,
    libc::SYS_sched_getaffinity,
    libc::SYS_set_robust_list,
    libc::SYS_set_tid_address,
    libc::SYS_sysinfo,
    libc::SYS_wait4,
    libc::SYS_waitid,
    libc::SYS_writev,
];

/// What libraries ask for and can do without: it is not there for them, and the process goes on. The flags of `clone3` lie in
/// memory, where no filter sees them; the C library then takes `clone`.
const ABSENT: [i64; 7] = [
    libc::SYS_clone3,
    libc::SYS_get_mempolicy,
    libc::SYS_ioctl,
    libc::SYS_mbind,
    libc::SYS_membarrier,
    libc::SYS_sched_setaffinity,
    libc::SYS_set_mempolicy,
];

/// Older forms that the C library of this machine still uses.
#[cfg(target_arch = "x86_64")]
const OLDER: [i64; 6] =
    [libc::SYS_access, libc::SYS_arch_prctl, libc::SYS_dup2, libc::SYS_open, libc::SYS_readlink, libc::SYS_poll];
#[cfg(not(target_arch = "x86_64"))]
const OLDER: [i64; 0] = [];

const ROOMS_OF_ITS_OWN: i32 =
    CLONE_NEWCGROUP | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUSER | CLONE_NEWUTS;

/// Lays the filter over this thread, the only one, and over all it starts.
pub fn only(starts_a_converter: bool) -> Result<()> {
    let mut rules: Rules = DECODER.map(|call| (call, Vec::new())).into();
    // The end after a failed allocation; no other process can be meant.
    rules.insert(
        libc::SYS_tgkill,
        vec![SeccompRule::new(vec![condition(0, SeccompCmpOp::Eq, std::process::id().into())?])?],
    );
    // The allocator gives its memory a name.
    let naming = [(0, libc::PR_SET_VMA), (1, libc::PR_SET_VMA_ANON_NAME)];
    let naming = naming.map(|(at, value)| condition(at, SeccompCmpOp::Eq, u64::from(value.cast_unsigned())));
    rules.insert(libc::SYS_prctl, vec![SeccompRule::new(naming.into_iter().collect::<Result<_>>()?)?]);
    if starts_a_converter {
        rules.extend(CONVERTER.iter().chain(&OLDER).chain(&ABSENT).map(|call| (*call, Vec::new())));
        rules.insert(libc::SYS_clone, vec![none_of(0, ROOMS_OF_ITS_OWN)?]);
        // Of two filters the stricter answer holds.
        let absent = ABSENT.map(|call| (call, Vec::new())).into();
        lay(absent, SeccompAction::Allow, SeccompAction::Errno(libc::ENOSYS.cast_unsigned()))?;
    } else {
        // Bytes that were read never become code.
        rules.insert(libc::SYS_mmap, vec![none_of(2, PROT_EXEC)?]);
        rules.insert(libc::SYS_mprotect, vec![none_of(2, PROT_EXEC)?]);
    }
    lay(rules, SeccompAction::KillProcess, SeccompAction::Allow)
}

fn condition(at: u8, is: SeccompCmpOp, value: u64) -> Result<SeccompCondition> {
    Ok(SeccompCondition::new(at, Dword, is, value)?)
}

fn none_of(at: u8, bits: i32) -> Result<SeccompRule> {
    Ok(SeccompRule::new(vec![condition(at, SeccompCmpOp::MaskedEq(u64::from(bits.cast_unsigned())), 0)?])?)
}

fn lay(rules: Rules, others: SeccompAction, listed: SeccompAction) -> Result<()> {
    let program: BpfProgram =
        SeccompFilter::new(rules, others, listed, std::env::consts::ARCH.try_into()?)?.try_into()?;
    Ok(apply_filter(&program)?)
}
