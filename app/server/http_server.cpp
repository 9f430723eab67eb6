#include "app/server/http_server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <thread>

#include "app/actions/names.h"
#include "app/server/events.h"
#include "app/server/operation.h"
#include "app/server/page.h"
#include "app/server/routes.h"
#include "base/clock.h"
#include "base/failure_context.h"
#include "base/json.h"
#include "base/stop.h"

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kJson = "application/json";

std::string dumped(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

/// A message of one line is "what; what to do".
ordered_json error_json(const std::string& message, const std::string& where, const std::string& what_to_do = {}) {
  const std::size_t at = message.rfind("; ");
  const bool is_told = what_to_do.empty() && at != std::string::npos;
  return {{"error",
           {{"what", is_told ? message.substr(0, at) : message},
            {"where", where},
            {"what_to_do", is_told ? message.substr(at + 2) : what_to_do}}}};
}

void refuse_for_now(httplib::Response& response, const ordered_json& error) {
  response.status = 503;
  response.set_header("Retry-After", "1");
  response.set_content(dumped(error), kJson);
}

/// The argument that the text of a query or path stands for.
json value_of(const Parameter& parameter, const std::string& text) {
  if (parameter.type == "string") return text;
  json value = base::json_from_outside(text);
  if (value.is_discarded())
    throw BadArguments(fmt::format("{}: expected {}, found '{}'", parameter.name, parameter.type, text));
  return value;
}

const Parameter& parameter_named(const Operation& operation, const std::string& name) {
  for (const Parameter& one : operation.parameters)
    if (one.name == name) return one;
  throw BadArguments(fmt::format("{} has no argument '{}'", operation.name, name));
}

json arguments_of(const Route& route, const Operation& operation, const httplib::Request& request) {
  json arguments = json::object();
  if (route.method == "POST") {
    arguments = base::json_from_outside(request.body);
    if (arguments.is_array()) arguments = json{{"inputs", arguments}};
    if (!arguments.is_object()) throw BadArguments("the body is no JSON object; send the arguments as one");
  } else {
    for (const auto& [name, text] : request.params) {
      const Parameter& parameter = parameter_named(operation, name);
      if (arguments.contains(name)) throw BadArguments(fmt::format("{} is given twice", name));
      arguments[name] = value_of(parameter, text);
    }
  }
  if (request.matches.size() > 2) {  // of the paths here, the one argument is a concept
    const std::string name = request.matches[2];
    arguments["concept"] = name.find_first_not_of("0123456789") == std::string::npos ? "concept:" + name : name;
  }
  return arguments;
}

/// The regular expression of a route's path, with the name of the life before it.
std::string pattern_of(std::string path) {
  if (const std::size_t begin = path.find('{'); begin != std::string::npos)
    path.replace(begin, path.find('}') - begin + 1, "([^/]+)");
  return "(?:/([^/]+))?" + path;
}

/// "/", or "/NAME/" of a folder.
bool wants_page(const httplib::Request& request) {
  const bool is_place = std::count(request.path.begin(), request.path.end(), '/') <= 2 && request.path.ends_with('/');
  return is_place && (request.method == "GET" || request.method == "HEAD");
}

void give_page(httplib::Response& response) {
  response.set_header("Content-Security-Policy", std::string(kPagePolicy));
  response.set_header("Cross-Origin-Opener-Policy", "same-origin");
  response.set_header("Cross-Origin-Resource-Policy", "same-origin");
  response.set_header("Referrer-Policy", "no-referrer");
  response.set_header("X-Frame-Options", "DENY");
  response.set_header("Cache-Control", "no-cache");
  response.set_content(std::string(kPageText), "text/html; charset=utf-8");
}

/// Takes a port that a program that ended has just left, and no other; httplib lets several programs share one. A
/// connection is taken from the system when its request begins to arrive: one that says nothing holds no thread.
void set_listening_options(socket_t socket, int read_seconds) {
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  ::setsockopt(socket, IPPROTO_TCP, TCP_DEFER_ACCEPT, &read_seconds, sizeof read_seconds);
}

/// The threads that answer, and how many requests wait for one.
class CountedQueue final : public httplib::TaskQueue {
 public:
  CountedQueue(std::size_t threads, std::atomic<std::size_t>& waiting) : pool_(threads), waiting_(waiting) {}

  void enqueue(std::function<void()> answer) override {
    ++waiting_;
    pool_.enqueue([this, answer = std::move(answer)] {
      --waiting_;
      answer();
    });
  }
  void shutdown() override { pool_.shutdown(); }

 private:
  httplib::ThreadPool pool_;
  std::atomic<std::size_t>& waiting_;
};

int status_of_failure(const std::exception_ptr& failure, std::string& message) {
  try {
    std::rethrow_exception(failure);
  } catch (const BadArguments& error) {
    message = error.what();
    return 400;
  } catch (const base::UsageError& error) {
    message = error.what();
    return 400;
  } catch (const UnknownName& error) {
    message = error.what();
    return 404;
  } catch (const base::Interrupted& error) {
    message = error.what();
    return 503;
  } catch (const Busy& error) {
    message = error.what();
    return 503;
  } catch (const base::Error& error) {
    message = error.what();
    return 422;
  } catch (const std::exception& error) {
    message = std::string("this is a bug in noema (") + error.what() + "); please report it with the request";
    return 500;
  } catch (...) {
    message = "this is a bug in noema; please report it with the request";
    return 500;
  }
}

}  // namespace

struct HttpServer::Impl {
  Impl(Lives& own, Gate own_gate, const HttpLimits& own_limits, const Runs& own_runs)
      : lives(own), gate(std::move(own_gate)), limits(own_limits), runs(own_runs) {}

  void add_routes();
  void add_page();
  void answer(const Route& route, const Operation& operation, const httplib::Request& request,
              httplib::Response& response);
  void stream(const httplib::Request& request, httplib::Response& response);
  httplib::Server::HandlerResponse let_in(const httplib::Request& request, httplib::Response& response) const;

  Lives& lives;
  Gate gate;
  HttpLimits limits;
  Runs runs;
  httplib::Server server;
  int port = 0;
  socket_t listening = INVALID_SOCKET;
  std::stop_source stopping;
  std::atomic<std::size_t> streams{0}, waiting{0};
};

httplib::Server::HandlerResponse HttpServer::Impl::let_in(const httplib::Request& request,
                                                          httplib::Response& response) const {
  if (waiting > limits.waiting) {
    refuse_for_now(response, error_json("too many requests are waiting", request.path, "try again"));
    return httplib::Server::HandlerResponse::Handled;
  }
  const auto refusal = gate.refuse({request.method, request.get_header_value("Host"),
                                    request.get_header_value("Origin"), request.get_header_value("Authorization"),
                                    request.get_header_value("Content-Type"), wants_page(request)});
  if (!refusal) return httplib::Server::HandlerResponse::Unhandled;
  response.status = refusal->status;
  response.set_content(dumped(error_json(refusal->what, request.path, refusal->what_to_do)), kJson);
  return httplib::Server::HandlerResponse::Handled;
}

void HttpServer::Impl::answer(const Route& route, const Operation& operation, const httplib::Request& request,
                              httplib::Response& response) {
  const base::FailureContext context("answering a request");
  const json arguments = checked(operation, arguments_of(route, operation, request));
  const auto life = lives.life(request.matches[1]);
  response.set_content(dumped(operation.call(*life, arguments, {stopping.get_token()})), kJson);
}

/// Sends what enters the log until the client goes or the server ends. Each stream holds a thread.
void HttpServer::Impl::stream(const httplib::Request& request, httplib::Response& response) {
  const auto life = lives.life(request.matches[1]);
  const std::string last = request.get_header_value("Last-Event-ID");
  const auto after = input_number(last);
  if (!last.empty() && !after) throw BadArguments("Last-Event-ID: expected a log position");
  const auto events = std::make_shared<Events>(life->path(), after);
  if (streams.fetch_add(1) >= limits.streams) {
    --streams;
    refuse_for_now(response,
                   error_json("too many streams of events are open", request.path, "close one, or try again"));
    return;
  }
  response.set_header("Cache-Control", "no-store");
  const auto silence = std::make_shared<base::Stopwatch>();
  response.set_chunked_content_provider(
      "text/event-stream",
      [this, life, events, silence](std::size_t, httplib::DataSink& sink) {
        if (stopping.stop_requested()) return false;
        std::string text = events->next();
        if (text.empty() && silence->seconds() > limits.heartbeat_seconds) text = ": still here\n\n";
        if (text.empty()) {
          std::this_thread::sleep_for(std::chrono::milliseconds(100));
          return true;
        }
        *silence = {};
        return sink.write(text.data(), text.size());
      },
      [this](bool) { --streams; });
}

void HttpServer::Impl::add_routes() {
  for (const Route& route : routes()) {
    const Operation* operation = operation_named(route.operation);
    const auto handler = [this, &route, operation](const httplib::Request& request, httplib::Response& response) {
      answer(route, *operation, request, response);
    };
    if (route.method == "GET")
      server.Get(pattern_of(route.path), handler);
    else
      server.Post(pattern_of(route.path), handler);
  }
  server.Get(pattern_of("/v1/events"),
             [this](const httplib::Request& request, httplib::Response& response) { stream(request, response); });
  server.Get("/v1/lives", [this](const httplib::Request&, httplib::Response& response) {
    ordered_json answer{{"folder", lives.is_folder()}, {"lives", lives.names()}};
    if (runs.grows()) answer["runs_alone"] = true;
    response.set_content(dumped(answer), kJson);
  });
  server.Get("/v1/runs", [this](const httplib::Request&, httplib::Response& response) {
    response.set_content(dumped(runs.list()), kJson);
  });
  server.Get("/v1/runs/([^/]+)", [this](const httplib::Request& request, httplib::Response& response) {
    response.set_content(dumped(runs.run(request.matches[1])), kJson);
  });
  server.Get("/v1/openapi.json", [](const httplib::Request&, httplib::Response& response) {
    response.set_content(dumped(openapi()), kJson);
  });
}

/// The page at "/", and of a folder also at "/NAME/" of each life.
void HttpServer::Impl::add_page() {
  server.Get("/", [](const httplib::Request&, httplib::Response& response) { give_page(response); });
  if (!lives.is_folder()) return;
  server.Get("/([^/]+)/", [this](const httplib::Request& request, httplib::Response& response) {
    if (!lives.has(request.matches[1]))
      throw UnknownName(fmt::format("there is no life '{}' in the folder that is served", request.matches[1].str()));
    give_page(response);
  });
}

HttpServer::HttpServer(Lives& lives, const std::string& host, int port, const std::string& token,
                       const HttpLimits& limits, const Runs& runs) {
  auto probe = std::make_unique<Impl>(lives, Gate(host, port, token), limits, runs);
  Impl& own = *probe;
  own.server.set_socket_options([&own](socket_t socket) {
    set_listening_options(socket, own.limits.read_seconds);
    own.listening = socket;
  });
  own.port = port == 0 ? own.server.bind_to_any_port(host) : (own.server.bind_to_port(host, port) ? port : -1);
  if (own.port <= 0)
    throw base::Error(
        fmt::format("{}:{}: cannot be listened on; another program has the port, or the host is not this "
                    "machine's: give another --port or --host",
                    host, port));
  // More clients may connect at once than the five that httplib lets the system keep: others would wait for seconds.
  ::listen(own.listening, SOMAXCONN);
  own.gate = Gate(host, own.port, token);
  own.server.set_payload_max_length(limits.body_bytes);
  own.server.set_read_timeout(limits.read_seconds);
  own.server.set_write_timeout(limits.read_seconds);
  // One request a connection: the body of a request that was refused unread is never taken for another request.
  own.server.set_keep_alive_max_count(1);
  // A connection comes here with its request, or silent after a time in which the system kept it: then it is closed.
  own.server.set_keep_alive_timeout(0);
  own.server.set_tcp_nodelay(true);
  own.server.new_task_queue = [&own] { return new CountedQueue(own.limits.threads, own.waiting); };
  own.server.set_pre_routing_handler(
      [&own](const httplib::Request& request, httplib::Response& response) { return own.let_in(request, response); });
  own.server.set_exception_handler(
      [](const httplib::Request& request, httplib::Response& response, const std::exception_ptr& failure) {
        std::string message;
        response.status = status_of_failure(failure, message);
        const ordered_json error = error_json(message, request.method + " " + request.path);
        if (response.status == 503) return refuse_for_now(response, error);
        response.set_content(dumped(error), kJson);
      });
  own.server.set_error_handler([](const httplib::Request& request, httplib::Response& response) {
    if (!response.body.empty()) return;
    const char* what = response.status == 404   ? "there is nothing here"
                       : response.status == 413 ? "the body is too long"
                       : response.status == 414 ? "the address is too long"
                                                : "the request cannot be read";
    response.set_content(dumped(error_json(what, request.method + " " + request.path, "see /v1/openapi.json")), kJson);
  });
  own.server.set_default_headers({{"X-Content-Type-Options", "nosniff"}});
  own.add_routes();
  own.add_page();
  impl_ = std::move(probe);
}

HttpServer::~HttpServer() = default;

int HttpServer::port() const { return impl_->port; }

bool HttpServer::is_running() const { return impl_->server.is_running(); }

void HttpServer::run(const std::stop_token& stop) {
  const std::stop_callback on_stop(stop, [this] {
    impl_->stopping.request_stop();
    impl_->server.stop();
  });
  if (stop.stop_requested()) return;
  impl_->server.listen_after_bind();
}

}  // namespace noema::app
