let status: u16 = 404;
let logged = status; //? status:R·M
println!("{status} {logged}"); //? status:R·M logged:R·M
