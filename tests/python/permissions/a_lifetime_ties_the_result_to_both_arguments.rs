fn longer<'a>(one: &'a str, other: &'a str) -> &'a str {
    if one.len() > other.len() { one } else { other } //? one:R·M *one:R· other:R·M *other:R·
}
let mut host = String::from("cafe");
let name = String::from("tea"); //? host:RWM
let found = longer(&host, &name); //? host:RWM name:R·M
println!("{found}"); //? host:R·· name:R·· found:R·M *found:R·
host.clear(); //? host:RWM name:R·M found:R·M *found:R·
