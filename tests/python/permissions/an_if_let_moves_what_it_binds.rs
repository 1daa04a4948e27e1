let conn = Some(String::from("10.0.0.1"));
if let Some(address) = conn { //? conn:R·M
    println!("{address}"); //? conn:··· address:R·M
} //? conn:··· address:R·M
let open = 1; //? conn:···
println!("{open}"); //? conn:··· open:R·M
