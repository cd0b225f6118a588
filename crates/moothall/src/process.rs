//! What the operating system says of this process, under the names that every Prometheus client uses. Where it does not say
//! it (it is read from `/proc`, as Linux has it), the numbers are absent.

use std::fs;
use store::Time;
use telemetry::{Family, Reading, Source};

const RESIDENT: Family = Family::gauge("process_resident_memory", "Memory that is in use").in_bytes();
const CPU: Family = Family::counter("process_cpu", "User and system time spent").in_seconds();
const OPEN: Family = Family::gauge("process_open_fds", "Open files and connections");
const MOST: Family = Family::gauge("process_max_fds", "How many files and connections may be open");
const STARTED: Family = Family::gauge("process_start_time", "When it started, since 1970").in_seconds();

/// Linux counts the time of processes in these, whatever its kernel was built with.
const TICKS_PER_SECOND: f64 = 100.0;

pub struct Process {
    pub started: Time,
}

impl Source for Process {
    fn readings(&self, out: &mut Vec<Reading>) {
        let text = |name: &str| fs::read_to_string(format!("/proc/self/{name}")).unwrap_or_default();
        out.push(STARTED.is(&[], self.started.micros() as f64 / 1e6));
        out.extend(resident(&text("status")).map(|bytes| RESIDENT.is(&[], bytes)));
        out.extend(cpu(&text("stat")).map(|seconds| CPU.is(&[], seconds)));
        out.extend(most(&text("limits")).map(|files| MOST.is(&[], files)));
        // The folder itself is open while it is read.
        out.extend(fs::read_dir("/proc/self/fd").map(|open| OPEN.is(&[], open.count().saturating_sub(1) as i64)));
    }
}

fn resident(status: &str) -> Option<i64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<i64>().ok()? * 1024)
}

/// Fields 14 and 15; the name in field 2 may hold anything, a bracket too.
fn cpu(stat: &str) -> Option<f64> {
    let after: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| after.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS_PER_SECOND)
}

fn most(limits: &str) -> Option<i64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_linux_says_is_understood() {
        assert_eq!(resident("Name:\tx\nVmRSS:\t   2048 kB\nThreads:\t1\n"), Some(2_097_152));
        let stat = "7 (a) b) S 1 7 7 0 -1 4194304 1 0 0 0 150 50 0 0 20 0 1 0 5 6 7";
        assert_eq!(cpu(stat), Some(2.0));
        let limits =
            "Limit  Soft Limit  Hard Limit  Units\nMax open files            1024                 4096  files\n";
        assert_eq!(most(limits), Some(1024));
    }

    #[test]
    fn what_is_not_said_is_absent() {
        assert_eq!((resident(""), cpu("7"), most("Max open files unlimited")), (None, None, None));
    }
}
