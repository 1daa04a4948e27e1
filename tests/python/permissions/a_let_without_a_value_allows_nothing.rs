let status: u16;
let mut size: usize; //? status:···
status = 200; //? status:··· size:···
size = 1; //? status:R·M size:···
println!("{status} {size}"); //? status:R·M size:RWM
