let mut hits = 0;
let print = || println!("{hits}"); //? hits:RWM
print(); //? hits:R·M print:R·M
hits += 1; //? hits:RWM print:R·M
println!("{hits}"); //? hits:RWM print:···
