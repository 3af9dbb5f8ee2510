//! A proxy between the application and PostgreSQL that a test can cut and restore.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    os::unix::net::UnixStream,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};
use url::Url;

/// What the wire leads to.
#[derive(Clone)]
enum Server {
    Socket(PathBuf),
    Tcp(String),
}

#[derive(Default)]
struct Wire {
    cut: AtomicBool,
    cut_at_commit: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

/// Listens on a local port and passes everything on, until it is cut.
pub struct Proxy {
    pub url: String,
    wire: Arc<Wire>,
}

impl Proxy {
    /// A wire to the server of this address.
    pub fn to(database_url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (server, url) = rewrite(database_url, listener.local_addr().unwrap().port());
        let wire = Arc::new(Wire::default());
        let shared = wire.clone();
        // The thread ends with the process: a listener cannot be woken up.
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                shared.accept(client, &server);
            }
        });
        Self { url, wire }
    }

    /// Ends every connection and refuses new ones.
    pub fn cut(&self) {
        self.wire.cut();
    }

    /// The same, right after the next COMMIT has reached the server: it is
    /// done, and its answer is lost.
    pub fn cut_at_next_commit(&self) {
        self.wire.cut_at_commit.store(true, Ordering::SeqCst);
    }

    pub fn is_cut(&self) -> bool {
        self.wire.cut.load(Ordering::SeqCst)
    }

    pub fn mend(&self) {
        self.wire.cut.store(false, Ordering::SeqCst);
    }
}

impl Wire {
    fn cut(&self) {
        let mut open = self.open.lock().unwrap();
        self.cut.store(true, Ordering::SeqCst);
        for client in open.drain(..) {
            let _ = client.shutdown(Shutdown::Both);
        }
    }

    fn accept(self: &Arc<Self>, client: TcpStream, server: &Server) {
        let mut open = self.open.lock().unwrap();
        if self.cut.load(Ordering::SeqCst) {
            return;
        }
        match server {
            Server::Socket(path) => {
                let server = UnixStream::connect(path).expect("the server");
                open.push(client.try_clone().unwrap());
                let back = server.try_clone().unwrap();
                let end = server.try_clone().unwrap();
                self.join(client, server, back, move || drop(end.shutdown(Shutdown::Both)));
            }
            Server::Tcp(address) => {
                let server = TcpStream::connect(address).expect("the server");
                open.push(client.try_clone().unwrap());
                let back = server.try_clone().unwrap();
                let end = server.try_clone().unwrap();
                self.join(client, server, back, move || drop(end.shutdown(Shutdown::Both)));
            }
        }
    }

    fn join(
        self: &Arc<Self>,
        client: TcpStream,
        mut to: impl Write + Send + 'static,
        mut from: impl Read + Send + 'static,
        end: impl FnOnce() + Send + 'static,
    ) {
        let (mut asks, mut hears) = (client.try_clone().unwrap(), client);
        let wire = self.clone();
        thread::spawn(move || {
            let mut buffer = [0; 64 * 1024];
            while let Ok(count @ 1..) = asks.read(&mut buffer) {
                let commits = buffer[..count].windows(7).any(|bytes| bytes == b"COMMIT\0");
                if commits && wire.cut_at_commit.swap(false, Ordering::SeqCst) {
                    wire.cut(); // first, so that the answer finds nobody
                    let _ = to.write_all(&buffer[..count]);
                    return; // the server reads the COMMIT and then the end
                }
                if to.write_all(&buffer[..count]).is_err() {
                    break;
                }
            }
            end();
        });
        thread::spawn(move || {
            let _ = std::io::copy(&mut from, &mut hears);
            let _ = hears.shutdown(Shutdown::Both);
        });
    }
}

/// Where the address leads, and the same address through `port`.
fn rewrite(database_url: &str, port: u16) -> (Server, String) {
    let mut url = Url::parse(database_url).unwrap();
    let named = url.query_pairs().find(|(name, _)| name == "host").map(|(_, value)| value.into_owned());
    let host = named.unwrap_or_else(|| percent_decoded(url.host_str().unwrap_or("localhost")));
    let at = url.port().unwrap_or(5432);
    let server = if host.starts_with('/') {
        Server::Socket(PathBuf::from(host).join(format!(".s.PGSQL.{at}")))
    } else {
        Server::Tcp(format!("{host}:{at}"))
    };
    // As written: PostgreSQL reads no plus sign as a space.
    let query =
        url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("host="));
    let query = query.chain(["sslmode=disable", "gssencmode=disable"]).collect::<Vec<_>>().join("&");
    url.set_query(Some(&query));
    url.set_host(Some("127.0.0.1")).unwrap();
    url.set_port(Some(port)).unwrap();
    (server, url.into())
}

fn percent_decoded(host: &str) -> String {
    let pair = format!("host={host}");
    url::form_urlencoded::parse(pair.as_bytes()).next().unwrap().1.into_owned()
}
