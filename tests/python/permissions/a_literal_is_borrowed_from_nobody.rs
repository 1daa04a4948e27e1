let method = "GET";
let again = method; //? method:R·M *method:R·
println!("{again}"); //? method:R·M *method:R· again:R·M *again:R·
