let status = Some(404u16);
if let Some(code) = status { //? status:R·M
    println!("{code}"); //? status:R·M code:R·M
} //? status:R·M code:R·M
