struct Line<'a> { target: &'a str }
let mut head = String::from("GET /");
let line = Line { target: &head }; //? head:RWM
println!("{}", line.target); //? head:R·· line:R·M
head.clear(); //? head:RWM line:R·M
println!("{head}"); //? head:RWM line:···
