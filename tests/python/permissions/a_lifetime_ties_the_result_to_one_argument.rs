fn first<'a>(one: &'a str, _other: &str) -> &'a str {
    one //? one:R·M *one:R· _other:R·M *_other:R·
}
let host = String::from("cafe");
let name = String::from("tea"); //? host:R·M
let found = first(&host, &name); //? host:R·M name:R·M
println!("{found}"); //? host:R·· name:R·M found:R·M *found:R·
