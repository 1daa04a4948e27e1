//! attack = "an expression in so many brackets that the parser's stack ends"
//! kind = "compile bomb"
//! gets = ["exited 1", "exited 101", "signal 6", "signal 11", "cpu", "memory"]
//! held_by = ["status descriptor"]

#![recursion_limit = "1000000"]

macro_rules! wrap {
    ($value:expr; ) => { $value };
    ($value:expr; $first:tt $($rest:tt)*) => { wrap!((!($value)); $($rest)* ) };
}
macro_rules! many {
    ($($tokens:tt)*) => { wrap!(true; $($tokens)* $($tokens)* $($tokens)* $($tokens)* $($tokens)* $($tokens)* $($tokens)*) };
}
macro_rules! more {
    ($($tokens:tt)*) => { many!($($tokens)* $($tokens)* $($tokens)* $($tokens)* $($tokens)* $($tokens)* $($tokens)*) };
}

pub fn greet() -> bool {
    more!(a b c d e f g h i j k l m n o p q r s t u v w x y z)
}
