struct Conn { upstream: Option<String> }
fn take(conn: &mut Conn) -> Option<String> {
    conn.upstream.take() //? conn:R·M *conn:RW
}
let mut conn = Conn { upstream: Some(String::new()) };
let upstream = take(&mut conn); //? conn:RWM
println!("{:?} {:?}", upstream, conn.upstream); //? conn:RWM upstream:R·M
