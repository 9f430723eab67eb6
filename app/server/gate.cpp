#include "app/server/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"

namespace noema::app {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::size_t kShortestToken = 16;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

}  // namespace

Gate::Gate(std::string host, int port, std::string token)
    : host_(std::move(host)), port_(port), token_hash_(token.empty() ? "" : base::sha256_hex(token)) {
  if (token_hash_.empty() && !is_loopback(host_))
    throw base::UsageError(
        fmt::format("--host {} lets other machines in; give --token-file FILE, with a secret of at least {} characters",
                    host_, kShortestToken));
}

bool Gate::is_loopback(const std::string& host) { return host == "127.0.0.1" || host == "::1" || host == "localhost"; }

bool Gate::is_own(const std::string& host) const {
  const std::string given = lower(host), port = ":" + std::to_string(port_);
  for (const std::string& name :
       {std::string("localhost"), std::string("127.0.0.1"), std::string("[::1]"), lower(host_)})
    if (given == name + port || (port_ == 80 && given == name)) return true;
  return false;
}

std::optional<Refusal> Gate::refuse(const Caller& caller) const {
  if (token_hash_.empty() && !is_own(caller.host))
    return Refusal{403, fmt::format("the Host '{}' is not this server", caller.host),
                   fmt::format("ask http://127.0.0.1:{}", port_)};
  if (!caller.origin.empty() && lower(caller.origin) != "http://" + lower(caller.host) &&
      lower(caller.origin) != "https://" + lower(caller.host))
    return Refusal{403, fmt::format("a page of '{}' may not ask this server", caller.origin), "ask from its own page"};
  if (caller.method == "POST" && !lower(caller.content_type).starts_with("application/json"))
    return Refusal{415, "the body is not said to be JSON", "send Content-Type: application/json"};
  if (token_hash_.empty() || caller.wants_page) return std::nullopt;
  const bool is_bearer = caller.authorization.starts_with(kBearer);
  const std::string given = is_bearer ? caller.authorization.substr(kBearer.size()) : std::string();
  if (!equal_in_constant_time(base::sha256_hex(given), token_hash_))
    return Refusal{401, "the token is missing or wrong", "send Authorization: Bearer TOKEN"};
  return std::nullopt;
}

bool equal_in_constant_time(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return false;
  unsigned char difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference =
        static_cast<unsigned char>(difference | (static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i])));
  return difference == 0;
}

std::string token_in(const std::string& file) {
  base::require_file(file);
  std::string token = base::read_file(file);
  token.erase(std::find_if(token.begin(), token.end(), [](char c) { return c == '\n' || c == '\r'; }), token.end());
  if (token.size() < kShortestToken)
    throw base::Error(fmt::format("{}: the token has {} characters, expected at least {} on the first line", file,
                                  token.size(), kShortestToken));
  return token;
}

}  // namespace noema::app
