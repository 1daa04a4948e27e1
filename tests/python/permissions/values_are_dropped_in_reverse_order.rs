// `first` is dropped last, so `second` may hold a loan of it until the end. The other way round rustc refuses.
use std::cell::RefCell;
let first = RefCell::new(1);
let second = first.borrow_mut(); //? first:R·M
let third = 3; //? first:R·· second:R·M
println!("{third}"); //? first:R·· second:R·M third:R·M
