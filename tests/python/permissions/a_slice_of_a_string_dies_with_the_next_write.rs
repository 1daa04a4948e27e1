let mut target = String::from("/menu?day=1");
let path = &target[..5]; //? target:RWM
println!("{path}"); //? target:R·· path:R·M *path:R·
target.clear(); //? target:RWM path:R·M *path:R·
println!("{target}"); //? target:RWM path:··· *path:··
