struct Request { target: String, body: Vec<u8> }
let mut request = Request { target: String::new(), body: vec![1] };
let body = request.body; //? request:RWM
println!("{}", request.target); //? request:··· body:R·M
request.body = Vec::new(); //? request:··· body:R·M
println!("{} {}", request.body.len(), body.len()); //? request:RWM body:R·M
