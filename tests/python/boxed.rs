//! What the tests of the sandbox run in a box: does what its first argument says, `number` times or so.
//! Owns no judgement: the tests look from outside at what became of it.

use std::io::Write;
use std::os::fd::FromRawFd;
use std::time::Duration;

fn main() {
    let what = std::env::args().nth(1).unwrap();
    let number = std::env::args().nth(2).map_or(0, |text| text.parse::<usize>().unwrap());
    match what.as_str() {
        "loop" => loop {
            std::hint::black_box(number);
        },
        "sleep" => std::thread::sleep(Duration::from_secs(600)),
        "abort" => std::process::abort(),
        "overflow" => {
            println!("{}", deeper(1));
        }
        "panic" => panic!("no such upstream"),
        // Grows by steps, so that a watchdog has something to see.
        "hold" => {
            let mut held = Vec::new();
            for _ in 0..number {
                held.push(vec![1u8; 1 << 20]);
                std::thread::sleep(Duration::from_millis(2));
            }
            // A watchdog that comes twenty times a second has to see it all.
            std::thread::sleep(Duration::from_millis(200));
            println!("held {}", held.len());
        }
        "files" => (0..number).for_each(|name| drop(std::fs::File::create(format!("/tmp/{name}")).unwrap())),
        "reserve" => drop(std::hint::black_box(vec![1u8; number << 20])),
        "threads" => {
            let made: Vec<_> = (0..number)
                .map_while(|_| std::thread::Builder::new().spawn(|| std::thread::sleep(Duration::from_secs(1))).ok())
                .collect();
            println!("{}", made.len());
        }
        "data" => {
            let mut data = unsafe { std::fs::File::from_raw_fd(3) };
            data.write_all(&vec![b'd'; number]).unwrap();
        }
        "descriptors" => {
            let open = |number: &i32| {
                // Not closed again: it may be nobody's.
                std::mem::ManuallyDrop::new(unsafe { std::fs::File::from_raw_fd(*number) }).metadata().is_ok()
            };
            (0..256).filter(open).for_each(|number| println!("{number}"));
        }
        "listen" => {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            std::thread::spawn(move || std::net::TcpStream::connect(address).unwrap().write_all(b"GET").unwrap());
            println!("{}", std::io::read_to_string(listener.accept().unwrap().0).unwrap());
        }
        _ => panic!("{what}?"),
    }
}

fn deeper(depth: u64) -> u64 {
    let here = std::hint::black_box([depth; 64]);
    deeper(depth + 1) + here[0]
}
