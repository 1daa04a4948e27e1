//! attack = "trait bounds that ask for two more at each step"
//! kind = "compile bomb"
//! gets = ["cpu", "memory", "exited 1", "signal 6", "signal 11"]
//! held_by = ["cpu limit", "memory limit"]

#![recursion_limit = "10000000"]

pub struct Pair<A, B>(A, B);
pub trait Known {
    const SIZE: usize;
}
impl<A, B> Known for Pair<A, B>
where
    Pair<Pair<A, B>, B>: Known,
    Pair<A, Pair<A, B>>: Known,
{
    const SIZE: usize = 1;
}

pub fn greet() -> usize {
    <Pair<u8, u16> as Known>::SIZE
}
