//! attack = "a function that is instantiated for each of 2 to the 22 types"
//! kind = "compile bomb"
//! gets = ["cpu", "memory", "exited 1", "signal 6", "signal 11"]
//! held_by = ["cpu limit", "memory limit"]

#![recursion_limit = "100000"]

pub struct Zero<T>(T);
pub struct One<T>(T);
pub trait Deep {
    fn dig() -> u64;
}
macro_rules! level {
    ($name:ident, $below:ident) => {
        pub fn $name<T: 'static>() -> u64 {
            $below::<Zero<T>>() ^ $below::<One<T>>()
        }
    };
}
fn ground<T: 'static>() -> u64 {
    std::any::type_name::<T>().len() as u64
}
level!(a, ground);
level!(b, a);
level!(c, b);
level!(d, c);
level!(e, d);
level!(f, e);
level!(g, f);
level!(h, g);
level!(i, h);
level!(j, i);
level!(k, j);
level!(l, k);
level!(m, l);
level!(n, m);
level!(o, n);
level!(p, o);
level!(q, p);
level!(r, q);
level!(s, r);
level!(t, s);
level!(u, t);

pub fn greet() -> u64 {
    u::<u8>()
}
