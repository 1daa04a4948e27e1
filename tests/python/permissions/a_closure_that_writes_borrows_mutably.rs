let mut hits = 0;
let mut count = || hits += 1; //? hits:RWM
count(); //? hits:··· count:RWM
println!("{hits}"); //? hits:RWM count:RWM
