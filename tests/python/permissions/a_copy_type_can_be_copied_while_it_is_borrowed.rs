// "M" means: may be used by value. For a Copy type that is a read, so a shared borrow leaves it.
let mut status = 200;
let seen = &status; //? status:RWM
println!("{seen}"); //? status:R·M seen:R·M *seen:R·
status += 1; //? status:RWM seen:R·M *seen:R·
