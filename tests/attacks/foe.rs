//! What the attack programs share: system calls by number, the briefing, and the words for "I got through".
//!
//! Holds all that is unsafe, so that each attack reads as what it tries. The numbers are those of x86-64 Linux.
//! An attack that is held back ends with 0; one that got somewhere says so with `through` and ends with 66.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
    #[link_name = "fork"]
    fn libc_fork() -> i32;
    fn signal(number: i32, handler: usize) -> usize;
}

/// Errors with which a door is shut: EPERM, EACCES, ENOSYS.
pub const SHUT: [i32; 3] = [1, 13, 38];

/// Make a system call by its number.
pub fn call(number: i64, arguments: &[i64]) -> Result<i64, i32> {
    let mut six = [0; 6];
    six[..arguments.len()].copy_from_slice(arguments);
    let [a, b, c, d, e, f] = six;
    // SAFETY: the kernel checks every address that it is given; a wrong one is this program's own loss.
    let answer = unsafe { syscall(number, a, b, c, d, e, f) };
    if answer == -1 { Err(std::io::Error::last_os_error().raw_os_error().unwrap_or(0)) } else { Ok(answer) }
}

/// Make a system call that must be shut: only EPERM, EACCES and ENOSYS are an answer to be content with.
///
/// EFAULT or EINVAL would mean that the kernel has looked at the arguments, so nothing stood before it.
pub fn door(what: &str, number: i64, arguments: &[i64]) {
    match call(number, arguments) {
        Ok(answer) => through(format!("{what} gave {answer}")),
        Err(error) if SHUT.contains(&error) => println!("{what}: shut with error {error}"),
        Err(error) => through(format!("{what} reached the kernel, which answered with error {error}")),
    }
}

/// The address of a value, as an argument for `call`.
pub fn at<T: ?Sized>(value: &T) -> i64 {
    std::ptr::from_ref(value).cast::<u8>() as i64
}

/// Fork: 0 in the child, the child's number in the parent.
pub fn fork() -> Result<i32, i32> {
    // SAFETY: attacks fork before they start threads.
    match unsafe { libc_fork() } {
        -1 => Err(std::io::Error::last_os_error().raw_os_error().unwrap_or(0)),
        child => Ok(child),
    }
}

/// Ignore every signal that can be ignored.
pub fn ignore_signals() {
    for number in 1..65 {
        // SAFETY: 1 is SIG_IGN; the numbers that can't be ignored are refused.
        unsafe { signal(number, 1) };
    }
}

/// Wait for any child and return its status, 0 if it ended with 0; the error is ECHILD when there is none.
pub fn wait() -> Result<i32, i32> {
    let status = std::cell::Cell::new(0i32);
    call(61, &[-1, status.as_ptr() as i64, 0, 0])?;
    Ok(status.get())
}

/// Reserve anonymous memory with `flags` beside MAP_ANONYMOUS, and touch every page of it.
pub fn touch(mib: usize, flags: i64) -> bool {
    let bytes = mib << 20;
    match call(9, &[0, bytes as i64, 3, flags | 0x20, -1, 0]) {
        Ok(address) => {
            fill(address, bytes);
            true
        }
        Err(_) => false,
    }
}

/// Write a byte into each page from `address` on.
pub fn fill(address: i64, bytes: usize) {
    for page in (0..bytes).step_by(4096) {
        // SAFETY: the caller has just mapped these pages for writing.
        unsafe { (address as *mut u8).add(page).write_volatile(7) };
    }
}

/// Spend processor time for so long.
pub fn spin(time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time {
        std::hint::spin_loop();
    }
}

/// Do nothing until somebody ends us.
pub fn sleep_forever() -> ! {
    loop {
        std::thread::sleep(Duration::from_secs(3600));
    }
}

/// Write to a descriptor, whatever it is.
pub fn write(descriptor: i64, bytes: &[u8]) -> Result<i64, i32> {
    call(1, &[descriptor, at(bytes), bytes.len() as i64])
}

/// Say that the attack got somewhere, and end.
pub fn through(what: impl std::fmt::Display) -> ! {
    let text = format!("\nTHROUGH: {what}\n");
    let _ = write(1, text.as_bytes());
    let _ = write(2, text.as_bytes());
    std::process::exit(66)
}

/// What the attacker is told, more than a real one would know: a line each, a word and its value.
pub struct Briefing(Vec<(String, String)>);

impl Briefing {
    /// Read it from standard input.
    pub fn read() -> Self {
        let mut text = String::new();
        let _ = std::io::stdin().read_to_string(&mut text);
        let lines = text.lines().filter_map(|line| line.split_once(' '));
        Self(lines.map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    }

    /// All values of a word: `file` is a path with a secret in it, `place` a folder, `tcp` an address, …
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The one value of a word.
    pub fn one(&self, key: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str()).unwrap_or_else(|| panic!("the briefing says nothing of {key}"))
    }
}

/// Print a file, so that whoever looks for a secret in our output finds it.
pub fn show(path: impl AsRef<std::path::Path>) {
    if let Ok(bytes) = std::fs::read(path.as_ref()) {
        let mut out = std::io::stdout();
        let _ = writeln!(out, "{}:", path.as_ref().display());
        let _ = out.write_all(&bytes[..bytes.len().min(4096)]);
    }
}

/// End a text for the kernel.
pub fn text(text: &str) -> std::ffi::CString {
    std::ffi::CString::new(text).expect("no zero in our own texts")
}
