#pragma once
// Who may talk to the server: what a request's headers must say before anything of it is looked at.

#include <optional>
#include <string>

namespace noema::app {

struct Refusal {
  int status = 403;
  std::string what, what_to_do;
};

/// What a request says of where it comes from; empty: it does not say.
struct Caller {
  std::string method, host, origin, authorization, content_type;
  bool wants_page = false;  ///< the page itself, which holds nothing of a life: it asks for the token
};

class Gate {
 public:
  /// host, port: where the server listens. token: empty for none, which is for the loopback alone.
  Gate(std::string host, int port, std::string token);

  /// Nothing if the caller may come in. Without a token the Host must be the server's own, against names that are bound
  /// to 127.0.0.1 to reach it from a web page (DNS rebinding); an Origin must be the server's own in either case, and a
  /// body must be JSON, which no page of another origin can send without being asked.
  std::optional<Refusal> refuse(const Caller& caller) const;

  static bool is_loopback(const std::string& host);

 private:
  bool is_own(const std::string& host) const;

  std::string host_;
  int port_;
  std::string token_hash_;
};

/// Whether two texts are equal, in a time that depends on their lengths alone.
bool equal_in_constant_time(const std::string& a, const std::string& b);

/// The token in a file: its first line, at least 16 characters. Throws base::Error for a file without one.
std::string token_in(const std::string& file);

}  // namespace noema::app
