/// The version of this client, as brokers see it and as `kavka --version` prints it.
package let kavkaVersion = "0.1.0"
