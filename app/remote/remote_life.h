#pragma once
// A life that a server holds, asked over HTTP: calls of the operations that app/server/operation.h describes.
// cpp-httplib stays in the .cpp file. Whatever a server sends is bounded, and trusted to be nothing but text.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/remote/address.h"

namespace noema::app {

struct RemoteLimits {
  std::size_t answer_bytes = std::size_t{64} * 1024 * 1024;  ///< of an answer; a longer one is refused
  int connect_seconds = 5;
  int silence_seconds = 300;  ///< without a byte of the answer; a server that stores much thinks meanwhile
};

class RemoteLife {
 public:
  /// address: http://HOST[:PORT][/NAME]. token: empty for none. Throws base::UsageError for what is no address.
  RemoteLife(const std::string& address, std::string token, const RemoteLimits& limits = {});

  const std::string& address() const { return text_; }
  /// What the operation gives. Refusals are thrown as the operation throws them where the life is a file: UnknownName,
  /// base::UsageError, base::Error, with the server's words. Throws base::Error if the server cannot be reached, does
  /// not answer, redirects, or answers with what is no JSON object.
  nlohmann::json call(std::string_view operation, const nlohmann::json& arguments) const;
  /// The same with keys in the server's order, for results that are printed as they come.
  nlohmann::ordered_json call_in_order(std::string_view operation, const nlohmann::json& arguments) const;
  /// All entries of an operation that gives pages of them, as one array. other: what the first page has beside them.
  nlohmann::json all_of(std::string_view operation, const char* list, nlohmann::json arguments,
                        nlohmann::json* other = nullptr) const;

 private:
  struct Reply;
  Reply request(std::string_view operation, const nlohmann::json& arguments) const;
  [[noreturn]] void refuse(const Reply& reply) const;

  std::string text_;
  Address address_;
  std::string token_;
  RemoteLimits limits_;
};

}  // namespace noema::app
