let mut hits = 0;
let count = &mut hits; //? hits:RWM
*count += 1; //? hits:··· count:R·M *count:RW
println!("{hits}"); //? hits:RWM count:R·M *count:RW
