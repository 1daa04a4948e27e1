//! attack = "a macro that doubles its input forty times"
//! kind = "compile bomb"
//! gets = ["cpu", "memory", "exited 1", "signal 6", "signal 11"]
//! held_by = ["cpu limit", "memory limit"]

#![recursion_limit = "1000000"]

macro_rules! double {
    ($tokens:tt) => { double!(@ $tokens $tokens) };
    (@ $($tokens:tt)*) => { double!(($($tokens)* $($tokens)*)) };
}

pub fn greet() {
    double!(x)
}
