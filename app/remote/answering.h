#pragma once
// A command's question is answered by the life in a file or by a server that holds it, with the same typed result. This
// is the one place where it is decided which.

#include <optional>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/remote/remote_life.h"
#include "base/error.h"

namespace noema::app {

inline constexpr const char* kLifeOrAddress = "The life, or http://HOST:PORT[/NAME] of a server that holds it";

/// Adds the options of a command that can ask a server. Of a command without them an address is refused by name.
void add_server_options(CLI::App& command, Globals& globals);
/// Throws base::UsageError if the command got an address for a life and cannot ask a server.
void refuse_address_of(const CLI::App& command);

/// The life that an address names, with the token of --token-file or NOEMA_TOKEN; nothing for a path.
std::optional<RemoteLife> remote_life(const std::string& life, const Globals& globals);
/// Throws base::UsageError if an option was given that only a file can follow: such as {"--as-of", true}.
struct GivenOption {
  const char* name;
  bool is_given;
};
void refuse_for_address(const std::string& life, const std::vector<GivenOption>& options);

/// Reads what a server gave. Throws base::Error if it is not what the operation gives.
template <typename Read>
auto read_answer(const RemoteLife& remote, std::string_view operation, const Read& read) -> decltype(read()) {
  try {
    return read();
  } catch (const nlohmann::json::exception& error) {
    throw base::Error(fmt::format("{}: its answer to '{}' cannot be read ({}); is it the server of another version?",
                                  remote.address(), operation, error.what()));
  }
}

/// What an operation is asked for.
struct Question {
  const char* operation;
  nlohmann::json arguments = nlohmann::json::object();
};

/// The result of locally(), or of the server, whose JSON read() understands.
template <typename Read, typename Locally>
auto answered(const std::string& life, const Globals& globals, const Question& question, const Read& read,
              const Locally& locally) -> decltype(locally()) {
  const auto remote = remote_life(life, globals);
  if (!remote) return locally();
  return read_answer(*remote, question.operation,
                     [&] { return read(remote->call(question.operation, question.arguments)); });
}

/// The same of a list, whose pages are under the key `list` and whose entries read_one() understands.
template <typename ReadOne, typename Locally>
auto answered_list(const std::string& life, const Globals& globals, const Question& question, const char* list,
                   const ReadOne& read_one, const Locally& locally) -> decltype(locally()) {
  const auto remote = remote_life(life, globals);
  if (!remote) return locally();
  return read_answer(*remote, question.operation, [&] {
    decltype(locally()) all;
    for (const nlohmann::json& one : remote->all_of(question.operation, list, question.arguments))
      all.push_back(read_one(one));
    return all;
  });
}

/// Adds an argument unless the text is empty.
void add_argument(nlohmann::json& arguments, const char* name, const std::string& text);

}  // namespace noema::app
