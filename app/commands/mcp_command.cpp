// noema mcp LIFE | noema mcp LIFE --import FILE

#include <tbb/concurrent_queue.h>

#include <memory>
#include <thread>

#include "app/command.h"
#include "app/human.h"
#include "app/results.h"
#include "app/server/knowledge_import.h"
#include "app/server/tool_server.h"
#include "base/line_reader.h"

namespace noema::app::mcp_command {
namespace {

struct Arguments {
  std::string life, import_file;
  bool no_think = false;
};

/// Reads messages on a thread of its own, so that one is heard that cancels the request which is being answered.
class Messages {
 public:
  explicit Messages(ToolServer& server) : server_(server) {
    waiting_.set_capacity(kMost);
    reader_ = std::jthread([this] { read(); });
  }
  ~Messages() { waiting_.abort(); }  // the reader may be waiting for room
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;

  /// Nothing at the end. Throws what reading it threw.
  std::optional<std::string> next() {
    Read read;
    waiting_.pop(read);
    if (read.failure) std::rethrow_exception(read.failure);
    return read.line;
  }

 private:
  struct Read {
    std::optional<std::string> line;
    std::exception_ptr failure;
  };

  void read() {
    base::LineReader lines("-", [] { return !interrupted(); });
    for (bool is_end = false; !is_end;) {
      Read read;
      try {
        read.line = lines.next();
        is_end = !read.line;
      } catch (const base::NotText&) {
        read.failure = std::current_exception();  // the lines behind it can be read
      } catch (...) {
        read.failure = std::current_exception();
        is_end = true;
      }
      if (read.line && (read.line->empty() || server_.take_notice(*read.line))) continue;
      try {
        waiting_.push(std::move(read));
      } catch (const tbb::user_abort&) {
        return;
      }
    }
  }

  static constexpr std::ptrdiff_t kMost = 64;  ///< messages that wait
  ToolServer& server_;
  tbb::concurrent_bounded_queue<Read> waiting_;
  std::jthread reader_;
};

/// Answers the next message; false at the end.
bool answer_next(ToolServer& server, Messages& messages) {
  std::optional<nlohmann::ordered_json> answer;
  try {
    const auto message = messages.next();
    if (!message) return false;
    answer = server.answer(*message);
  } catch (const base::NotText& error) {
    answer = ToolServer::unreadable(error.what());
  }
  if (answer) print_json(*answer);
  return true;
}

void run(const Arguments& a, const Globals& globals) {
  LiveMind mind(a.life, !a.no_think);
  if (!a.import_file.empty()) {
    return print_value(globals, import_knowledge(mind, a.import_file), [](const Imported& value) {
      print_text("New: {} and {}.\n", counted(value.entities, "entity", "entities"),
                 counted(value.relations, "relation"));
    });
  }
  ToolServer server(mind, stop_token(), [](const nlohmann::ordered_json& message) { print_json(message); });
  Messages messages(server);
  while (answer_next(server, messages) && !interrupted()) {
  }
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "mcp", "Give agents a life as tools (Model Context Protocol), on standard input and output: noema mcp my.life");
  command->add_option("life", a->life, "The life")->required();
  command->add_flag("--no-think", a->no_think, "Do not think in the background");
  command->add_option("--import", a->import_file, "Take in what the memory server kept (memory.json), and end");
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::mcp_command
