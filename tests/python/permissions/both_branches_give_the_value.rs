let closed = true;
let status: u16; //? closed:R·M
if closed { //? closed:R·M status:···
    status = 503; //? closed:R·M status:···
} else { //? closed:R·M status:R·M
    status = 200; //? closed:R·M status:···
} //? closed:R·M status:R·M
println!("{status}"); //? closed:R·M status:R·M
