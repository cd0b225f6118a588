//! What a process has used, from `/proc`.

use anyhow::{Context, Result};
use std::fs;

/// User and system time so far, in milliseconds. The kernel counts in ticks of 10 ms, so loads run for seconds.
pub fn cpu_ms(pid: u32) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    ticks(&text).map(|ticks| ticks as f64 * 10.0).context("/proc/PID/stat reads otherwise than expected")
}

/// Fields 14 and 15; the name in brackets before them may hold anything.
fn ticks(stat: &str) -> Option<u64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}

/// Resident memory now, in MB.
pub fn resident_mb(pid: u32) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kb: f64 = line.split_whitespace().next().context("no figure")?.parse()?;
    Ok(kb / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_read_past_a_strange_name() {
        let stat = "7 (a) b) c) S 1 7 7 0 -1 4194304 500 0 0 0 120 30 0 0 20 0 9 0 12345 1 2";
        assert_eq!(ticks(stat), Some(150));
        assert_eq!(ticks("nothing"), None);
    }

    #[test]
    fn this_process_uses_memory() {
        assert!(resident_mb(std::process::id()).unwrap() > 0.5);
        assert!(cpu_ms(std::process::id()).unwrap() >= 0.0);
    }
}
