let mut hits = 0;
let mut count = move || { hits += 1; hits }; //? hits:RWM
println!("{}", count()); //? hits:RWM count:RWM
println!("{hits}"); //? hits:RWM count:RWM
